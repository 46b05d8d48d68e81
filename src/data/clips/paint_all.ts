/** Clips of many icons, painted so that timers and input have their turn in between. */
import type { Progress } from "../../pipeline/stage.ts";
import type { Images } from "../dataset.ts";
import { side } from "../icons/render.ts";
import type { Motion } from "./motions.ts";
import { clipBytes, frames, paintClip } from "./paint.ts";

export interface ClipRow {
  /** Unique among the rows of a seed: "mdi:home", "bi:lock#2". */
  readonly name: string;
  /** Of its icon, black on white, uint8 [side, side, 3]. */
  readonly icon: Uint8Array;
  readonly motion: Motion;
}

/** Clips painted at once. */
const batchSize = 4;

/** Rejects with the signal's reason when aborted. */
export async function paintAll(
  rows: readonly ClipRow[],
  seed: number,
  { signal, progress }: { readonly signal: AbortSignal; progress(now: Progress): void },
): Promise<Images> {
  const pixels = new Uint8Array(rows.length * clipBytes);
  for (const [row, { name, icon, motion }] of rows.entries()) {
    if (row % batchSize === 0) await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
    pixels.set(paintClip(icon, { seed, name, motion }), row * clipBytes);
    progress({ done: row + 1, total: rows.length, unit: "clips" });
  }
  return { frames, height: side, width: side, pixels };
}
