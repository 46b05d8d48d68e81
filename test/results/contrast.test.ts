import { expect } from "expect";
import fc from "fast-check";
import { contrasts } from "../../src/results/contrast.ts";
import type { Summary } from "../../src/results/summary.ts";
import { arm, axis, scores, summaryOf, target } from "./summaries.ts";

const [teacher, control, candidate] = [
  arm("teacher", "teacher"),
  arm("control", "control"),
  arm("candidate", "candidate"),
];

const one = (teacherScores: number[], controlScores: number[], candidateScores: number[]) =>
  contrasts(
    summaryOf({
      arms: [teacher, control, candidate],
      measurements: [
        ...scores("candidate", {}, "t", candidateScores),
        ...scores("teacher", {}, "t", teacherScores),
        ...scores("control", {}, "t", controlScores),
      ],
    }),
    candidate,
  )[0]!;

Deno.test("a candidate wins only where it is above every rival by more than the margin", () => {
  expect(one([40, 41], [42, 43], [48, 49]).outcome).toBe("won");
  expect(one([40, 41], [48, 49], [48.2, 49.2]).outcome).toBe("open");
  expect(one([40, 40.2], [45, 45.2], [43, 43.2]).outcome).toBe("lost");
});

Deno.test("rivals stand in the order of the study, each with its own gain", () => {
  const { rivals, candidate } = one([40, 41], [42, 43], [48, 49]);
  expect(rivals.map(({ arm, gain }) => [arm.id, gain?.mean])).toEqual([
    ["teacher", 8],
    ["control", 6],
  ]);
  expect(rivals[1]?.estimate?.mean).toBe(42.5);
  expect(candidate.estimate?.mean).toBe(48.5);
});

Deno.test("without a rival, or where a rival has no score, nothing is won", () => {
  const alone = summaryOf({
    arms: [candidate],
    measurements: scores("candidate", {}, "t", [50]),
  });
  expect(contrasts(alone, candidate)[0]).toMatchObject({ rivals: [], outcome: "open" });
  const lacking = one([], [42, 43], [48, 49]);
  expect(lacking.outcome).toBe("open");
  expect(lacking.rivals[0]).not.toHaveProperty("gain");
  expect(lacking.rivals[0]).not.toHaveProperty("estimate");
});

const noisy = [
  arm("npre", "teacher", "noise"),
  arm("ncf", "candidate", "noise", "k"),
];

Deno.test("a rival is compared at the point that agrees on the axes that both have", () => {
  const summary = summaryOf({
    arms: noisy,
    axes: [axis("noise", [0, 50]), axis("k", [10, 20])],
    measurements: [
      ...scores("npre", { noise: 0 }, "t", [60]),
      ...scores("npre", { noise: 50 }, "t", [30]),
      ...scores("ncf", { noise: 50, k: 20 }, "t", [42]),
      ...scores("ncf", { noise: 50, k: 10 }, "t", [41]),
      ...scores("ncf", { noise: 0, k: 10 }, "t", [51]),
      ...scores("ncf", { noise: 0, k: 20 }, "t", [52]),
    ],
  });
  expect(
    contrasts(summary, noisy[1]!).map(({ at, rivals, outcome }) => [
      at,
      rivals[0]?.gain?.mean,
      outcome,
    ]),
  ).toEqual([
    [{ noise: 0, k: 10 }, -9, "lost"],
    [{ noise: 0, k: 20 }, -8, "lost"],
    [{ noise: 50, k: 10 }, 11, "won"],
    [{ noise: 50, k: 20 }, 12, "won"],
  ]);
});

Deno.test("a rival with an axis of its own makes a contrast for each of its values", () => {
  const summary = summaryOf({
    arms: [arm("npre", "teacher", "epochs"), candidate],
    axes: [axis("epochs", [1, 2])],
    measurements: [
      ...scores("npre", { epochs: 2 }, "t", [60]),
      ...scores("npre", { epochs: 1 }, "t", [40]),
      ...scores("candidate", {}, "t", [50]),
    ],
  });
  expect(contrasts(summary, candidate).map(({ at, outcome }) => [at, outcome])).toEqual([
    [{ epochs: 1 }, "won"],
    [{ epochs: 2 }, "lost"],
  ]);
});

Deno.test("a point that failed is a contrast without a score, not one less", () => {
  const summary = summaryOf({
    arms: noisy,
    axes: [axis("noise", [0, 50]), axis("k", [10])],
    measurements: [
      ...scores("npre", { noise: 0 }, "t", [60]),
      ...scores("npre", { noise: 50 }, "t", [60]),
      ...scores("ncf", { noise: 0, k: 10 }, "t", [70]),
    ],
    missing: [{ arm: "ncf", at: { noise: 50, k: 10 }, seed: 1, node: "n" }],
  });
  expect(contrasts(summary, noisy[1]!).map(({ outcome }) => outcome)).toEqual(["won", "open"]);
});

Deno.test("scores belong to their arm: the order of arms, targets and measurements changes no contrast", () => {
  const axes = [axis("noise", [0, 50]), axis("k", [10, 20])];
  const arms = [...noisy, arm("distilled", "control", "noise")];
  const targets = [target("t"), target("u")];
  const value = fc.integer({ min: 0, max: 100 });
  const points = arms.flatMap(({ id, axes: own }) =>
    targets.flatMap(({ name }) =>
      [0, 50].flatMap((noise) =>
        own.includes("k")
          ? [{ id, name, at: { noise, k: 10 } }, { id, name, at: { noise, k: 20 } }]
          : [{ id, name, at: { noise } }]
      )
    )
  );
  const values = fc.array(fc.tuple(value, value), {
    minLength: points.length,
    maxLength: points.length,
  });
  const order = <T>(list: T[]) => fc.shuffledSubarray(list, { minLength: list.length });
  const measured = values.map((values) =>
    points.flatMap(({ id, name, at }, index) => scores(id, at, name, values[index]!))
  );
  const both = measured.chain((measurements) =>
    fc.tuple(fc.constant(measurements), order(measurements), order(arms), order(targets))
  );
  const told = (summary: Summary) =>
    contrasts(summary, noisy[1]!).map(({ target, at, candidate, rivals, outcome }) =>
      JSON.stringify([
        ...[target.name, at.noise, at.k, candidate.estimate?.mean, outcome],
        ...rivals.map(({ arm, estimate, gain }) => [arm.id, estimate?.mean, gain?.mean]).sort(),
      ])
    ).sort();
  fc.assert(
    fc.property(both, ([measurements, shuffled, otherArms, otherTargets]) => {
      const one = told(summaryOf({ arms, axes, targets, seeds: 2, measurements }));
      const parts = { arms: otherArms, axes, targets: otherTargets, measurements: shuffled };
      expect(told(summaryOf({ ...parts, seeds: 2 }))).toEqual(one);
    }),
    { numRuns: 30 },
  );
});
