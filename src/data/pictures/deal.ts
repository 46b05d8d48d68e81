/** Which pictures are trained on, which choose the costs of a probe, which are tested: drawn by a seed and by names,
 * class by class, so that another class or another order changes nothing. */
import { shuffled } from "../draw.ts";
import type { Split } from "../split.ts";

/** Share of the pictures for validation, and for the test. */
const share = 0.2;

/** What is in one part as a whole: a picture, or all frames of a video. */
export interface Lot {
  readonly name: string;
  /** Its pictures, by their place in the collection. */
  readonly rows: readonly number[];
}

/** Gives each of some lots of one class its part. */
export type Deal = (lots: readonly Lot[], seed: number) => readonly (readonly [Lot, Split])[];

/** 60% to train on, 20% for validation, 20% for the test; of three lots one each. */
export const dealThree: Deal = (lots, seed) => {
  const held = Math.max(1, Math.round(share * lots.length));
  return inOrder(lots, seed).map((lot, at) => [
    lot,
    at < held ? "test" : at < 2 * held ? "validation" : "train",
  ]);
};

/** 20% of a train part for validation, one lot at least; none where there is one lot only. */
export const holdOut: Deal = (lots, seed) => {
  const held = Math.min(lots.length - 1, Math.max(1, Math.round(share * lots.length)));
  return inOrder(lots, seed).map((lot, at) => [lot, at < held ? "validation" : "train"]);
};

function inOrder(lots: readonly Lot[], seed: number): readonly Lot[] {
  return shuffled(seed, lots, ({ name }) => name);
}
