/** Claims of the same form about several targets. */
import type { Claim } from "../results/claim.ts";
import type { Point } from "../results/point.ts";

/** A target: its name, what a sentence calls it, and what the author expects of a claim there. */
export type Expected = readonly [target: string, words: string, expected: Claim["expected"]];

/** What claims of one form have in common. */
interface Form {
  /** What their ids begin with; the target follows. */
  readonly id: string;
  /** The sentence without the target: "Ncf is above Npre". */
  readonly text: string;
  /** Where the paper says so. */
  readonly paper: string;
  readonly targets: readonly Expected[];
}

/** An arm at a layer. */
interface Layered {
  readonly arm: string;
  readonly at: Point;
  readonly layer: string;
}

/** One arm is above another, over the points that `at` leaves. */
export function above(
  { better, worse, at = {}, ...form }: Form & {
    readonly better: string;
    readonly worse: string;
    readonly at?: Point;
  },
): Claim[] {
  return each(form, (target) => ({
    kind: "higher",
    better: { arm: better, target, at },
    worse: { arm: worse, target, at },
  }));
}

/** At one layer an arm is above another, or itself at another layer. */
export function aboveAt(
  { better, worse, ...form }: Form & { readonly better: Layered; readonly worse: Layered },
): Claim[] {
  return each(form, (target) => ({
    kind: "higher",
    better: { ...better, target },
    worse: { ...worse, target },
  }));
}

/** The layer `above` is further above the layer `below` in one arm than in another. */
export function widerGap(
  { wider, narrower, above, below, at, ...form }: Form & {
    readonly wider: string;
    readonly narrower: string;
    readonly above: string;
    readonly below: string;
    readonly at: Point;
  },
): Claim[] {
  return each(form, (target) => {
    const gap = (arm: string) => ({
      above: { arm, target, at, layer: above },
      below: { arm, target, at, layer: below },
    });
    return { kind: "wider-gap", wider: gap(wider), narrower: gap(narrower) };
  });
}

/** Along an axis one arm loses more than another, from its first value to its last. */
export function fallingMore(
  { more, less, axis, ...form }: Form & {
    readonly more: string;
    readonly less: string;
    readonly axis: string;
  },
): Claim[] {
  return each(form, (target) => ({
    kind: "falls-more",
    axis,
    more: { arm: more, target, at: {} },
    less: { arm: less, target, at: {} },
  }));
}

/** An arm scores more at the last value of an axis than at the first, over the points that `at` leaves. */
export function rising(
  { arm, axis, at = {}, ...form }: Form & {
    readonly arm: string;
    readonly axis: string;
    readonly at?: Point;
  },
): Claim[] {
  return each(form, (target) => ({ kind: "rises", axis, of: { arm, target, at } }));
}

/** The line that fits an arm's scores best rises with the logarithm of an axis. */
export function risingWithLog(
  { arm, axis, ...form }: Form & { readonly arm: string; readonly axis: string },
): Claim[] {
  return each(form, (target) => ({ kind: "rises-with-log", axis, of: { arm, target, at: {} } }));
}

/** One arm at one point scores less than `points` below another, or itself at another point. */
export function within(
  { points, close, to, ...form }: Form & {
    readonly points: number;
    readonly close: { readonly arm: string; readonly at: Point };
    readonly to: { readonly arm: string; readonly at: Point };
  },
): Claim[] {
  return each(form, (target) => ({
    ...{ kind: "within", points },
    close: { ...close, target },
    to: { ...to, target },
  }));
}

function each(
  { id, text, paper, targets }: Form,
  test: (target: string) => Claim["test"],
): Claim[] {
  return targets.map(([target, words, expected]) => ({
    ...{ id: `${id}-${target}`, text: `${text}: ${words}`, paper, expected },
    test: test(target),
  }));
}
