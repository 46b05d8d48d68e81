/** Independent draws from the one seed of a run. */
import { hash32 } from "../data/draw.ts";

/** The seed of one purpose, 31 bits. An arm's is that of its id, so that arms start from other weights; what
 * does not depend on an arm has a purpose of its own: the k-means start, the label noise. It never depends on
 * the point of an experiment: at another K or noise an arm starts from the same weights. */
export function seedFor(seed: number, purpose: string): number {
  return hash32(seed, purpose) >>> 1;
}
