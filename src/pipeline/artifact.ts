/** Artifacts: a folder, its manifest, and the check that one matches the other. */
import { join } from "node:path";
import { z } from "zod";
import { hashFile, readTextIfThere, syncPath, writeFileAtomic } from "./files.ts";
import { canonicalJson, hashJson, type JsonObject } from "./json.ts";
import { reasonOf } from "./reason.ts";
import type { Artifact } from "./stage.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** `manifest.json`. No time stands in it: the same command gives the same bytes. */
export const manifestSchema = z.object({
  schema: z.literal(1),
  stage: z.string(),
  version: z.int(),
  kind: z.string(),
  config: z.record(z.string(), z.json()),
  inputs: z.record(z.string(), sha256),
  key: sha256,
  files: z.record(z.string(), z.object({ sha256, bytes: z.int() })),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** What decides the bytes of an artifact, by its one spelling: two with the same key are the same. */
export function artifactKey(
  { stage, version, config, inputs }: Pick<Manifest, "stage" | "version" | "inputs"> & {
    readonly config: JsonObject;
  },
): string {
  return hashJson({ stage, version, config, inputs });
}

/** A manifest, or a file that it lists, that is not what it was when it was sealed. */
export class DamagedArtifact extends Error {
  override readonly name = "DamagedArtifact";
}

/** The manifest in `dir`; `undefined` where there is none. Throws a DamagedArtifact where it is not the
 * text that was written, or where its key is not the one that its own fields give. */
export async function readManifest(dir: string): Promise<Manifest | undefined> {
  const path = join(dir, "manifest.json");
  try {
    const text = await readTextIfThere(path);
    if (text === undefined) return undefined;
    const manifest = manifestSchema.parse(JSON.parse(text));
    if (text !== formatManifest(manifest)) throw new Error("it is not in canonical form");
    const key = artifactKey(manifest);
    if (manifest.key === key) return manifest;
    throw new Error(`its key is ${manifest.key}, its fields give ${key}`);
  } catch (error) {
    throw new DamagedArtifact(`${path} is damaged: ${reasonOf(error)}`, { cause: error });
  }
}

function formatManifest(manifest: Manifest): string {
  return `${canonicalJson(manifest)}\n`;
}

/** Hashes the files of a finished stage, flushes them and writes the manifest beside them, last. */
export async function sealArtifact(
  dir: string,
  head: Omit<Manifest, "schema" | "files">,
  files: readonly string[],
): Promise<void> {
  const entries: [string, { sha256: string; bytes: number }][] = [];
  for (const name of [...files].sort()) {
    await syncPath(join(dir, name));
    entries.push([name, await hashFile(join(dir, name))]);
  }
  const manifest: Manifest = { schema: 1, ...head, files: Object.fromEntries(entries) };
  await writeFileAtomic(join(dir, "manifest.json"), formatManifest(manifest));
}

/** Opens a finished artifact, each of its files checked against the manifest. Throws a DamagedArtifact. */
export async function openArtifact(dir: string): Promise<Artifact> {
  const manifest = await readManifest(dir);
  if (manifest === undefined) throw new DamagedArtifact(`${dir} has no manifest.json`);
  for (const [name, expected] of Object.entries(manifest.files)) {
    await checkFile(dir, name, expected);
  }
  return {
    kind: manifest.kind,
    hash: hashJson(manifest),
    file(name) {
      if (!(name in manifest.files)) {
        throw new Error(
          `${dir} has no file ${name}; it has ${Object.keys(manifest.files).join(", ")}`,
        );
      }
      return join(dir, name);
    },
  };
}

/** Path of one file of an artifact, checked against the manifest. Throws a DamagedArtifact. */
export async function openArtifactFile(dir: string, name: string): Promise<string> {
  const expected = (await readManifest(dir))?.files[name];
  if (expected === undefined) throw new DamagedArtifact(`${dir} lists no file ${name}`);
  await checkFile(dir, name, expected);
  return join(dir, name);
}

async function checkFile(
  dir: string,
  name: string,
  expected: { sha256: string; bytes: number },
): Promise<void> {
  const path = join(dir, name);
  const found = await hashFile(path).catch((error: Error) => {
    throw new DamagedArtifact(`${path} cannot be read: ${error.message}`, { cause: error });
  });
  if (found.sha256 !== expected.sha256 || found.bytes !== expected.bytes) {
    throw new DamagedArtifact(
      `${path} is damaged: it has SHA-256 ${found.sha256} (${found.bytes} bytes), ` +
        `its manifest says ${expected.sha256} (${expected.bytes} bytes)`,
    );
  }
}
