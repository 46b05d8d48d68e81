/** What removing a folder gives back. */
import { filesBelow } from "./files_below.ts";

export interface DiskUse {
  readonly files: number;
  /** Of the files that have no hard link elsewhere. */
  readonly bytes: number;
}

export async function diskUse(dir: string): Promise<DiskUse> {
  let [files, bytes] = [0, 0];
  for await (const { info } of filesBelow(dir)) {
    files++;
    if ((info.nlink ?? 1) <= 1) bytes += info.size;
  }
  return { files, bytes };
}
