/** The files that the stages of a run wrote, by what their manifests list: never by a path that somebody asks for. */
import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { type Manifest, manifestFile, parseManifest } from "../pipeline/artifact.ts";
import { reasonOf } from "../pipeline/reason.ts";
import type { RunRecord } from "../pipeline/record.ts";
import { type RunFiles, UnreadableFile } from "./run_files.ts";

/** A finished stage and what it wrote. */
export interface RunArtifact {
  readonly node: string;
  readonly manifest: Manifest;
}

/** A file that a manifest lists. */
export interface ArtifactFile {
  readonly bytes: number;
  readonly sha256: string;
  /** Its bytes, read once somebody takes them. Rejects, before the last of them, with an UnreadableFile where
   * they are not what the manifest says. */
  read(): ReadableStream<Uint8Array<ArrayBuffer>>;
}

/** Bytes that are read at once. */
const pieceBytes = 1 << 18;

/** Of each stage of the run that has one by now. `notes` say which cannot be read. */
export async function listArtifacts(
  files: RunFiles,
  run: string,
  { nodes }: RunRecord,
): Promise<{ artifacts: RunArtifact[]; notes: string[] }> {
  const artifacts: RunArtifact[] = [];
  const notes: string[] = [];
  for (const { id } of nodes) {
    try {
      const manifest = await readManifest(files, run, id);
      if (manifest) artifacts.push({ node: id, manifest });
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      notes.push(error.message);
    }
  }
  return { artifacts, notes };
}

/** The file of that name, of the stage of that id; `undefined` where the manifest lists none. Rejects with an
 * UnreadableFile where what lies there is not what the manifest says. */
export async function findArtifactFile(
  files: RunFiles,
  run: string,
  { nodes }: RunRecord,
  { node, file }: { readonly node: string; readonly file: string },
): Promise<ArtifactFile | undefined> {
  if (!nodes.some(({ id }) => id === node)) return undefined;
  const manifest = await readManifest(files, run, node);
  if (!manifest || !Object.hasOwn(manifest.files, file)) return undefined;
  const { bytes, sha256 } = manifest.files[file]!;
  const place = [run, "artifacts", node, file];
  const found = await files.version(...place);
  if (found?.size !== bytes) {
    const size = found ? `${found.size} bytes` : "no file";
    throw new UnreadableFile(
      `artifacts/${node}/${file} is damaged: its manifest says ${bytes} bytes, found ${size}`,
    );
  }
  return { bytes, sha256, read: () => ReadableStream.from(checked(files, place, sha256)) };
}

async function readManifest(
  files: RunFiles,
  run: string,
  node: string,
): Promise<Manifest | undefined> {
  const text = await files.text(run, "artifacts", node, manifestFile);
  try {
    return text === undefined ? undefined : parseManifest(text);
  } catch (error) {
    throw new UnreadableFile(`artifacts/${node}/${manifestFile} is damaged: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

/** The last piece is kept back until the hash of all of them is right. */
async function* checked(
  files: RunFiles,
  place: readonly string[],
  sha256: string,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const [_run, ...names] = place;
  const handle = await files.open(...place);
  if (!handle) throw new UnreadableFile(`${names.join("/")} is gone`);
  try {
    const hash = createHash("sha256");
    let last = new Uint8Array();
    for await (const piece of pieces(handle)) {
      hash.update(piece);
      if (last.length > 0) yield last;
      last = piece;
    }
    if (hash.digest("hex") !== sha256) {
      throw new UnreadableFile(
        `${names.join("/")} is damaged: it has another SHA-256 than its manifest says`,
      );
    }
    if (last.length > 0) yield last;
  } finally {
    await handle.close();
  }
}

async function* pieces(handle: FileHandle): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (;;) {
    const { bytesRead, buffer } = await handle.read(new Uint8Array(pieceBytes), 0, pieceBytes);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}
