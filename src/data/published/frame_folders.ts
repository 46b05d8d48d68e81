/** Frames of videos that lie in a folder each, as pictures. */
import { join } from "node:path";
import type { Picture } from "../pictures/collection.ts";
import { mediumOf } from "../pictures/media.ts";

/** Of Something-Something V1. */
const framesPerSecond = 12;

/** Of each folder one each `interval` seconds, from the first on. */
export async function framesInFolders(
  folders: readonly { readonly name: string; readonly file: string }[],
  { interval, signal }: { readonly interval: number; readonly signal: AbortSignal },
): Promise<Picture[][]> {
  const step = Math.max(1, Math.round(interval * framesPerSecond));
  const all: Picture[][] = [];
  for (const { name, file } of folders) {
    signal.throwIfAborted();
    const entries = await Array.fromAsync(Deno.readDir(file));
    const frames = entries.flatMap(({ name }) => mediumOf(name) === "picture" ? [name] : []).sort();
    all.push(
      frames.filter((_, at) => at % step === 0).map((frame) => ({
        ...{ name: `${name}/${frame}`, file: join(file, frame), range: null, seconds: null },
        origin: name,
      })),
    );
  }
  return all;
}
