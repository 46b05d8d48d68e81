/** Independent draws from the one seed of a run. */
import { hash32 } from "../data/draw.ts";

/** The seed of one purpose, 31 bits: Ncf starts from other weights than Npre did, and k-means from rows of
 * its own, so that nothing is shared but the data. */
export function seedFor(seed: number, purpose: "npre" | "npre2x" | "ncf" | "k-means"): number {
  return hash32(seed, purpose) >>> 1;
}
