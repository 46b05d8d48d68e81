/**
 * The three parts of a target: fit on train, choose costs on validation, report on test.
 *
 * @example Their order
 * ```ts
 * import { splits } from "clusterfit";
 *
 * console.log(splits); // [ "train", "validation", "test" ]
 * ```
 */
export const splits = ["train", "validation", "test"] as const;
/** A part of a target. */
export type Split = (typeof splits)[number];

/** What `to` makes of each part. */
export function perSplit<To>(to: (split: Split) => To): Record<Split, To> {
  return { train: to("train"), validation: to("validation"), test: to("test") };
}
