/** Which pictures are trained on, which choose the costs of a probe, which are tested: drawn by a seed and by names,
 * class by class, so that another class or another order changes nothing. */
import type { Split } from "../split.ts";

/** Share of the pictures for validation, and for the test. */
const share = 0.2;

/** The part of what stands in a place, from 0 on, of the drawn order of `count` of one class. */
export type Deal = (place: number, count: number) => Split;

/** 60% to train on, 20% for validation, 20% for the test; of three one each. */
export const dealThree: Deal = (place, count) => {
  const held = Math.max(1, Math.round(share * count));
  return place < held ? "test" : place < 2 * held ? "validation" : "train";
};

/** 20% of a train part for validation, one at least; none where there is one only. */
export const holdOut: Deal = (place, count) => {
  const held = Math.min(count - 1, Math.max(1, Math.round(share * count)));
  return place < held ? "validation" : "train";
};
