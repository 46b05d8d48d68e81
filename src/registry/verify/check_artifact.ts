/** Every file of an artifact against its manifest. */
import { join } from "node:path";
import {
  checkFile,
  DamagedArtifact,
  type Manifest,
  manifestFile,
  readManifest,
} from "../../pipeline/artifact.ts";
import { unlessMissing } from "../../pipeline/files.ts";
import { fileId } from "../files_below.ts";
import { isPlain } from "../run_files.ts";
import type { Finding, Mend } from "./damage.ts";
import type { FileHashes } from "./file_hashes.ts";

/** What is wrong with the artifact in `dir`; nothing where it goes away meanwhile. `key`: the one that it has to have,
 * where that is known. */
export async function damageOfArtifact(
  dir: string,
  hashes: FileHashes,
  { key, ...mend }: Mend & { readonly key?: string },
): Promise<Finding[]> {
  for (;;) {
    const before = await unlessMissing(Deno.lstat(dir));
    const problems = await problemsOf(dir, hashes, key);
    const after = await unlessMissing(Deno.lstat(dir));
    if (!after) return [];
    // A run may have put another one in its place meanwhile: then that is looked at.
    if (problems.length > 0 && before?.ino !== after.ino) continue;
    return await Promise.all(problems.map(async ({ path, message }) => {
      const info = await unlessMissing(Deno.lstat(path));
      return { path, message, ...mend, ...(info && { file: fileId(info) }) };
    }));
  }
}

type Problem = Pick<Finding, "path" | "message">;

async function problemsOf(dir: string, hashes: FileHashes, key?: string): Promise<Problem[]> {
  const problems: Problem[] = [];
  const tell = (path: string) => (error: unknown) => {
    if (!(error instanceof DamagedArtifact)) throw error;
    problems.push({ path, message: error.message });
  };
  const manifest = await manifestOf(dir, hashes, key).catch(tell(join(dir, manifestFile)));
  for (const name of Object.keys(manifest?.files ?? {})) {
    const hash = (path: string) => hashes.of(path);
    await checkFile(dir, name, manifest!, hash).catch(tell(join(dir, name)));
  }
  return problems;
}

async function manifestOf(dir: string, hashes: FileHashes, key?: string): Promise<Manifest> {
  const path = join(dir, manifestFile);
  await hashes.of(path).catch((error: Error) => { // a manifest that is a link is none
    throw new DamagedArtifact(`${path} cannot be read: ${error.message}`, { cause: error });
  });
  const manifest = await readManifest(dir);
  if (!manifest) throw new DamagedArtifact(`${dir} has no ${manifestFile}`);
  const outside = Object.keys(manifest.files).find((name) => !isPlain(name));
  if (outside !== undefined) {
    throw new DamagedArtifact(
      `${path} lists ${JSON.stringify(outside)}, which is no file beside it`,
    );
  }
  if (key !== undefined && manifest.key !== key) {
    throw new DamagedArtifact(`${dir} holds the artifact with the key ${manifest.key}`);
  }
  return manifest;
}
