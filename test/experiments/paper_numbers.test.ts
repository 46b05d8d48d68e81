/** What the paper measured, as if our experiments had: every claim, which is the paper's own words, has to hold of its
 * own numbers, and none where all of them are the other way round. */
import { expect } from "expect";
import { figure5 } from "../../src/experiments/figure5.ts";
import { figure6 } from "../../src/experiments/figure6.ts";
import { figure7 } from "../../src/experiments/figure7.ts";
import { figure8 } from "../../src/experiments/figure8.ts";
import { table4 } from "../../src/experiments/table4.ts";
import { table5 } from "../../src/experiments/table5.ts";
import { table6 } from "../../src/experiments/table6.ts";
import { table7 } from "../../src/experiments/table7.ts";
import { table8 } from "../../src/experiments/table8.ts";
import type { Experiment, Plan } from "../../src/method/experiment.ts";
import type { MethodConfig } from "../../src/method/config.ts";
import { paperResult, type PaperTable } from "../../src/report/paper.ts";
import { judge } from "../../src/results/judge.ts";
import type { AxisValue, Point } from "../../src/results/point.ts";
import type { Summary } from "../../src/results/summary.ts";
import { toyClips, toyWorld } from "../method/toy_world.ts";
import { axis, scores, summaryOf, target } from "../results/summaries.ts";

const world = toyWorld([
  ...["held-out-families", "emoji-identity", "unseen-names", "emoji-category", "all-names"],
]);

function planOf<Config extends MethodConfig>(
  experiment: Experiment<Config>,
  given: object,
  of = world,
): Plan {
  return experiment.plan(experiment.schema.parse(given), of, {});
}

/** A run in which each arm scores `value` at each of its points. */
function measured(
  { arms, axes, targets }: Plan,
  value: (arm: string, target: string, at: Point) => number,
): Summary {
  const over = new Map(axes.map(({ name, values }) => [name, values]));
  const points = (names: readonly string[]): Point[] =>
    names.reduce<Point[]>(
      (found, name) =>
        found.flatMap((at) => over.get(name)!.map((one: AxisValue) => ({ ...at, [name]: one }))),
      [{}],
    );
  const lineage = (id: string): string[] => [
    ...new Set([...arms[id]!.on.flatMap(lineage), ...arms[id]!.axes]),
  ];
  return summaryOf({
    arms: Object.keys(arms).map((id) => ({
      ...{ id, title: id, about: "", role: "control", task: "", axes: lineage(id) },
    })),
    axes: axes.map(({ name, values }) => axis(name, values)),
    targets: targets.map(target),
    measurements: targets.flatMap((name) =>
      Object.keys(arms).flatMap((id) =>
        points(lineage(id)).flatMap((at) => {
          const score = value(id, name, at);
          return scores(id, at, name, [score, score, score]);
        })
      )
    ),
  });
}

type Value = Parameters<typeof measured>[1];

/** `refuted`: a run that is against every claim. */
function expectOfClaims(
  plan: Plan,
  value: Value,
  refuted: Value = (...of) => 100 - value(...of),
) {
  const verdicts = (summary: Summary) =>
    Object.fromEntries(plan.claims.map((claim) => [claim.id, judge(claim, summary).verdict]));
  const all = (verdict: string) => Object.fromEntries(plan.claims.map(({ id }) => [id, verdict]));
  expect(verdicts(measured(plan, value))).toEqual(all("holds"));
  expect(verdicts(measured(plan, refuted))).toEqual(all("does not hold"));
  expect(new Set(plan.claims.map(({ id }) => id)).size).toBe(plan.claims.length);
  expect(new Set(plan.claims.map(({ text }) => text)).size).toBe(plan.claims.length);
}

Deno.test("Table 4: every claim holds of the paper's own numbers", () => {
  // K of the paper, 1.5k to 30k
  const k = [15, 37, 75, 150, 300];
  const { groups: [group], columns } = paperResult("table4-all") as PaperTable;
  const rows = new Map(group!.rows.map(({ target, scores }) => [target, scores]));
  const roles: Readonly<Record<string, string>> = {
    "held-out-families": "ImageNet-1K",
    "emoji-identity": "ImageNet-9K",
    "unseen-names": "iNaturalist",
    "emoji-category": "Places365",
  };
  const first = ["npre", "npre2x", "distilled", "prototype"];
  expect(columns.length).toBe(first.length + k.length);
  expectOfClaims(planOf(table4, { k }), (arm, target, at) => {
    const column = arm === "ncf" ? first.length + k.indexOf(Number(at["k"])) : first.indexOf(arm);
    return rows.get(roles[target]!)![column]!;
  });
});

Deno.test("Table 5: every claim holds of the paper's own numbers", () => {
  const k = [4, 8, 16, 32, 64]; // hundreds
  const { groups: [group], columns } = paperResult("table5") as PaperTable;
  const rows = new Map(group!.rows.map(({ target, scores }) => [target, scores]));
  const roles: Readonly<Record<string, string>> = {
    ...{ verbs: "Kinetics", actions: "Sports1M", motions: "Something-Something V1" },
  };
  const first = ["npre", "npre2x", "distilled", "prototype"];
  expect(columns.length).toBe(first.length + k.length);
  const plan = planOf(table5, { k }, toyClips(Object.keys(roles)));
  expectOfClaims(plan, (arm, target, at) => {
    const column = arm === "ncf" ? first.length + k.indexOf(Number(at["k"])) : first.indexOf(arm);
    return rows.get(roles[target]!)![column]!;
  });
});

Deno.test("Figure 5: a larger teacher that is worth two points at every K proves each claim", () => {
  const gain = { npre: 0, larger: 3, same: 5, ncf: 7 };
  expectOfClaims(
    planOf(figure5, {}),
    (arm, _, at) => 50 + gain[arm as keyof typeof gain] + Number(at["k"] ?? 0) / 1000,
  );
});

Deno.test("Figure 6: clusters of all images that are above those per label prove each claim", () => {
  const gain = { "npre": 0, "per-label": 2, "ncf": 4 };
  expectOfClaims(
    planOf(figure6, {}),
    (arm, _, at) => 50 + gain[arm as keyof typeof gain] + Number(at["k"] ?? 0) / 1000,
  );
});

Deno.test("Figure 7: its curve proves each claim, and one that falls away from few labels refutes each", () => {
  const plan = planOf(figure7, { labels: [10, 30, 100, 438] });
  /** Npre is of no claim. */
  const curve = (ncf: Readonly<Record<number, number>>, weak: number): Value => (arm, _, at) =>
    arm === "weak" ? weak : arm === "ncf" ? ncf[Number(at["labels"])]! : 40;
  expectOfClaims(
    plan,
    curve({ 10: 57.5, 30: 61, 100: 65, 438: 66.5 }, 64), // read off the figure
    curve({ 10: 70, 30: 66, 100: 58, 438: 61 }, 64),
  );
});

Deno.test("Figure 8: teachers that are worth more than the upper bound, and the target's most, prove each claim", () => {
  const worth = { "hashtags": 65, "modifiers": 64, "target-names": 64.5 };
  const ownTarget = (target: string, at: Point) =>
    target === "held-out-families" && at["labels"] === "target-names" ? 3 : 0;
  expectOfClaims(planOf(figure8, {}), (arm, target, at) => {
    if (arm !== "ncf") return arm === "weak" ? 62 : 60;
    const score = worth[at["labels"] as keyof typeof worth] + ownTarget(target, at);
    return score + Number(at["k"]) / 1000;
  });
});

/** The paper's target that each of ours stands for in the tables on self-supervision. */
const pretextRoles: Readonly<Record<string, string>> = {
  "held-out-families": "ImageNet-1K",
  "all-names": "VOC07",
  "emoji-category": "Places205",
  "unseen-names": "iNaturalist",
};

/** What a table of the paper says of a target, in the group of that title. */
function paperScores(table: string, title: string, target: string): readonly number[] {
  const { groups } = paperResult(table) as PaperTable;
  const { rows } = groups.find((group) => group.title === title)!;
  return rows.find((row) => row.target === pretextRoles[target])!.scores;
}

Deno.test("Table 6: every claim holds of the paper's own numbers", () => {
  const columns = ["npre", "npre2x", "ncf"];
  expectOfClaims(
    planOf(table6, {}),
    (arm, target, { teacher }) =>
      paperScores("table6", String(teacher), target)[columns.indexOf(arm)]!,
  );
});

Deno.test("Table 7: every claim holds of the paper's own numbers", () => {
  const k = [10, 40, 160]; // of the paper, 1,000 to 16,000
  const value: Value = (arm, target, at) => {
    const scores = paperScores("table7", String(at["teacher"]), target);
    if (arm === "ncf-res4") return scores.at(-1)!; // "similar"
    return arm === "npre" ? scores[0]! : scores[1 + k.indexOf(Number(at["k"]))]!;
  };
  expectOfClaims(
    planOf(table7, { k }),
    value,
    (arm, ...of) => 100 - value(arm, ...of) - (arm === "ncf-res4" ? 9 : 0),
  );
});

Deno.test("Table 8: every claim holds of the paper's own numbers", () => {
  const columns = ["npre", "npre2x", "ncf", "both"];
  expectOfClaims(
    planOf(table8, {}),
    (arm, target, { teacher = "RotNet" }) =>
      paperScores("table8", String(teacher), target)[columns.indexOf(arm)]!,
  );
});
