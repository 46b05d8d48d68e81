/** Artifacts: a folder, its manifest, and the check that one matches the other. */
import { join } from "node:path";
import { z } from "zod";
import { hashFile, readTextIfThere, syncPath, writeFileAtomic } from "./files.ts";
import { canonicalJson, hashJson } from "./json.ts";
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

/** The manifest in `dir`, or `undefined` where there is none or it cannot be read. */
export async function readManifest(dir: string): Promise<Manifest | undefined> {
  const text = await readTextIfThere(join(dir, "manifest.json"));
  if (text === undefined) return undefined;
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
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
  await writeFileAtomic(join(dir, "manifest.json"), `${canonicalJson(manifest)}\n`);
}

/** A file of an artifact that is missing or does not have the bytes its manifest says. */
export class DamagedArtifact extends Error {
  override readonly name = "DamagedArtifact";
}

/** Opens a finished artifact, each of its files checked against the manifest. */
export async function openArtifact(dir: string): Promise<Artifact> {
  const manifest = await readManifest(dir);
  if (manifest === undefined) throw new DamagedArtifact(`${dir} has no readable manifest.json`);
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

/** Path of one file of an artifact, checked against the manifest. */
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
  if (found.sha256 !== expected.sha256) {
    throw new DamagedArtifact(
      `${path} has SHA-256 ${found.sha256} (${found.bytes} bytes), ` +
        `its manifest says ${expected.sha256} (${expected.bytes} bytes)`,
    );
  }
}
