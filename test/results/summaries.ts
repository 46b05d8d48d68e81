/** Summaries by a few words, for the tests of what is made of them. */
import type { Measurement } from "../../src/results/measurement.ts";
import type { Point } from "../../src/results/point.ts";
import type { ArmFacts, Axis, Role, Study } from "../../src/results/study.ts";
import type { MeasuredTarget, Summary } from "../../src/results/summary.ts";

export const arm = (id: string, role: Role, ...axes: string[]): ArmFacts => ({
  id,
  title: id.toUpperCase(),
  about: `about ${id}`,
  role,
  task: "the toy task",
  axes,
});

export const axis = (name: string, values: Axis["values"], unit = ""): Axis => ({
  ...{ name, title: name, unit, values },
});

export const target = (name: string): MeasuredTarget => ({
  ...{ name, title: `Target ${name}`, metric: "top-1", classes: 4, train: 80, validation: 0 },
  test: 4000,
});

/** What the last layer of one arm scored on the test part of a target, one value per seed from seed 1 on;
 * null: not measured. */
export function scores(
  arm: string,
  at: Point,
  target: string,
  values: readonly (number | null)[],
): Measurement[] {
  return values.flatMap((value, index) =>
    value === null ? [] : [{
      ...{ arm, at, target, value, seed: index + 1 },
      ...{ part: "test" as const, layer: "res5", budget: null, probe: "logistic", metric: "top-1" },
      ...{ baseline: 25, converged: true, evaluations: 10 },
    }]
  );
}

/** What a metric says of the features of one arm alone, one value per seed from seed 1 on. */
export function measure(
  metric: string,
  arm: string,
  values: readonly number[],
  { at = {}, reference }: { readonly at?: Point; readonly reference?: string } = {},
): Measurement[] {
  return values.map((value, index) => ({
    ...{ arm, at, target: null, value, seed: index + 1, metric, ...(reference && { reference }) },
    ...{ part: "all", layer: "res5", budget: null, probe: null, baseline: null },
    ...{ converged: null, evaluations: null },
  }));
}

interface Parts {
  readonly arms: readonly ArmFacts[];
  readonly axes?: readonly Axis[];
  readonly targets?: readonly MeasuredTarget[];
  readonly seeds?: number;
  readonly measurements: readonly Measurement[];
  readonly claims?: Study["claims"];
  readonly missing?: Summary["missing"];
}

export function summaryOf(
  { arms, axes = [], targets = [target("t")], seeds = 3, measurements, claims = [], missing = [] }:
    Parts,
): Summary {
  return {
    schema: 3,
    study: {
      ...{ experiment: "toy", title: "A toy", scale: "", facts: [], paper: [] },
      seeds: Array.from({ length: seeds }, (_, at) => at + 1),
      axes: [...axes],
      arms: [...arms],
      targets: targets.map(({ name, title }) => ({ name, title })),
      claims: [...claims],
      figures: [],
    },
    targets: [...targets],
    measurements: [...measurements],
    ...{ series: [], clusterings: [], networks: [], missing: [...missing] },
  };
}

/** A teacher and a candidate, of which only the features were measured. */
export const featureSummary = summaryOf({
  arms: [arm("t", "teacher"), arm("c", "candidate")],
  targets: [],
  measurements: [
    ...measure("effective-rank", "t", [39, 40, 41]),
    ...measure("effective-rank", "c", [60, 60, 60]),
    ...measure("neighbour-agreement", "c", [50, 51, 52], { reference: "t" }),
  ],
});
