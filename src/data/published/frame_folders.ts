/** Frames of videos that lie in a folder each, as pictures. */
import { join } from "node:path";
import { mediumOf } from "../pictures/media.ts";
import type { Frame } from "../pictures/videos.ts";

/** Of Something-Something V1. */
const framesPerSecond = 12;

/** Of each folder one each `interval` seconds, from the first on. */
export async function framesInFolders(
  root: string,
  folders: readonly { readonly name: string }[],
  { interval, signal }: { readonly interval: number; readonly signal: AbortSignal },
): Promise<Frame[][]> {
  const step = Math.max(1, Math.round(interval * framesPerSecond));
  const all: Frame[][] = [];
  for (const { name } of folders) {
    signal.throwIfAborted();
    const folder = join(root, name);
    const entries = await Array.fromAsync(Deno.readDir(folder));
    const frames = entries.flatMap(({ name }) => mediumOf(name) === "picture" ? [name] : []).sort();
    all.push(
      frames.filter((_, at) => at % step === 0).map((frame) => ({
        ...{ name: `${name}/${frame}`, file: join(folder, frame), range: null, seconds: null },
      })),
    );
  }
  return all;
}
