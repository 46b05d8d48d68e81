/** Artifacts: a folder, its manifest, and the check that one matches the other. */
import { join } from "node:path";
import { z } from "zod";
import { type FileHash, hashFile, readTextIfThere, syncPath, writeFileAtomic } from "./files.ts";
import { canonicalJson, hashJson, type JsonObject } from "./json.ts";
import { reasonOf } from "./reason.ts";
import type { Artifact } from "./stage.ts";

export const manifestFile = "manifest.json";

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
  const path = join(dir, manifestFile);
  try {
    const text = await readTextIfThere(path);
    return text === undefined ? undefined : parseManifest(text);
  } catch (error) {
    throw new DamagedArtifact(`${path} is damaged: ${reasonOf(error)}`, { cause: error });
  }
}

/** The manifest in the text of a manifest.json. Throws an Error that says what is wrong with it. */
export function parseManifest(text: string): Manifest {
  const manifest = manifestSchema.parse(JSON.parse(text));
  if (text !== formatManifest(manifest)) throw new Error("it is not in canonical form");
  const key = artifactKey(manifest);
  if (manifest.key === key) return manifest;
  throw new Error(`its key is ${manifest.key}, its fields give ${key}`);
}

function formatManifest(manifest: Manifest): string {
  return `${canonicalJson(manifest)}\n`;
}

/** Hashes the files of a finished stage, flushes them and writes the manifest beside them, last. */
export async function sealArtifact(
  dir: string,
  head: Omit<Manifest, "schema" | "files">,
  files: readonly string[],
): Promise<Manifest> {
  const entries: [string, { sha256: string; bytes: number }][] = [];
  for (const name of [...files].sort()) {
    await syncPath(join(dir, name));
    entries.push([name, await hashFile(join(dir, name))]);
  }
  const manifest: Manifest = { schema: 1, ...head, files: Object.fromEntries(entries) };
  await writeFileAtomic(join(dir, manifestFile), formatManifest(manifest));
  return manifest;
}

/** The names of all files of an artifact, its manifest too. */
export function artifactFiles(manifest: Manifest): readonly string[] {
  return [manifestFile, ...Object.keys(manifest.files)];
}

/** Opens a finished artifact, each of its files checked against the manifest. Throws a DamagedArtifact. */
export async function openArtifact(dir: string): Promise<Artifact> {
  return artifactOf(dir, await checkArtifact(dir));
}

/** The manifest of a finished artifact, each of its files checked against it. Throws a DamagedArtifact. */
export async function checkArtifact(dir: string): Promise<Manifest> {
  const manifest = await readManifest(dir);
  if (manifest === undefined) throw new DamagedArtifact(`${dir} has no ${manifestFile}`);
  for (const name of Object.keys(manifest.files)) await checkFile(dir, name, manifest);
  return manifest;
}

/** The artifact in `dir`, whose files were checked against this manifest, or sealed with it, just now. */
export function artifactOf(dir: string, manifest: Manifest): Artifact {
  return {
    kind: manifest.kind,
    hash: hashJson(manifest),
    file(name) {
      if (!Object.hasOwn(manifest.files, name)) {
        throw new Error(
          `Cannot open ${name} in ${dir}: it needs a file of the artifact, ` +
            `which has ${Object.keys(manifest.files).join(", ")}.`,
        );
      }
      return join(dir, name);
    },
  };
}

/** Path of one file of an artifact, checked against the manifest. Throws a DamagedArtifact. */
export async function openArtifactFile(dir: string, name: string): Promise<string> {
  const manifest = await readManifest(dir);
  if (!manifest || !Object.hasOwn(manifest.files, name)) {
    throw new DamagedArtifact(`${dir} lists no file ${name}`);
  }
  await checkFile(dir, name, manifest);
  return join(dir, name);
}

/** Checks one file that the manifest lists; `hash` reads it. Throws a DamagedArtifact. */
export async function checkFile(
  dir: string,
  name: string,
  { files }: Manifest,
  hash: (path: string) => Promise<FileHash> = hashFile,
): Promise<void> {
  const path = join(dir, name);
  const expected = files[name]!;
  const found = await hash(path).catch((error: Error) => {
    throw new DamagedArtifact(`${path} cannot be read: ${error.message}`, { cause: error });
  });
  if (found.sha256 !== expected.sha256 || found.bytes !== expected.bytes) {
    throw new DamagedArtifact(
      `${path} is damaged: it has SHA-256 ${found.sha256} (${found.bytes} bytes), ` +
        `its manifest says ${expected.sha256} (${expected.bytes} bytes)`,
    );
  }
}
