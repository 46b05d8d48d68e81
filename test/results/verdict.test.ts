import { expect } from "expect";
import { verdict } from "../../src/results/verdict.ts";
import { oneSeed, summary } from "../report/fixture.ts";
import { arm, axis, scores, summaryOf, target } from "./summaries.ts";

const measuredOn = (...names: string[]) => ({
  ...summary,
  targets: summary.targets.filter(({ name }) => names.includes(name)),
});

Deno.test("the verdict names losing and undecided targets with their numbers", () => {
  expect(verdict(summary)).toBe(
    "Ncf beats both Npre and Npre 2x by more than the spread over 3 seeds on 2 of 4 targets, " +
      "by +4.1 to +7.0 over Npre and +2.2 to +4.3 over Npre 2x; " +
      "it loses on “Names never seen” (+0.9 ± 0.2 against Npre, −1.8 ± 0.1 against Npre 2x); " +
      "“Emoji category” (+1.8 ± 0.2 against Npre, +1.1 ± 2.2 against Npre 2x) stays undecided.",
  );
});

Deno.test("the verdict says none where no target is won", () => {
  expect(verdict(measuredOn("unseen-names", "emoji-category"))).toMatch(
    /^Ncf beats both Npre and Npre 2x by more than the spread over 3 seeds on none of 2 targets; /,
  );
});

Deno.test("the verdict of one seed claims no spread", () => {
  expect(verdict(oneSeed)).toContain(
    "by more than 1.5 points (one seed, so no spread can be claimed) on 2 of 4 targets",
  );
  expect(verdict(oneSeed)).not.toContain("±");
});

Deno.test("the verdict of a run without targets, candidates or rivals says that nothing can be said", () => {
  expect(verdict(measuredOn())).toBe("No target was probed, so nothing can be said.");
  const [teacher, candidate] = [arm("a", "teacher"), arm("b", "candidate")];
  const measurements = scores("b", {}, "t", [50, 51, 52]);
  expect(verdict(summaryOf({ arms: [teacher], measurements }))).toContain("No candidate");
  expect(verdict(summaryOf({ arms: [candidate], measurements })))
    .toBe("B is compared with no other network.");
});

Deno.test("the verdict over several points counts them target by target", () => {
  const at = (noise: number, t: string, npre: number, ncf: number) => [
    ...scores("npre", { noise }, t, [npre]),
    ...scores("ncf", { noise }, t, [ncf]),
  ];
  const text = verdict(summaryOf({
    arms: [arm("npre", "teacher", "noise"), arm("ncf", "candidate", "noise")],
    axes: [axis("noise", [0, 50])],
    targets: [target("t"), target("u")],
    seeds: 1,
    measurements: [
      ...[...at(0, "t", 50, 40), ...at(50, "t", 30, 40)],
      ...[...at(0, "u", 50, 50), ...at(50, "u", 30, 40)],
    ],
  }));
  expect(text).toBe(
    "NCF beats NPRE by more than 1.5 points (one seed, so no spread can be claimed) in 2 of 4 " +
      "comparisons (1 of 2 on “Target t”, 1 of 2 on “Target u”); it loses in 1; 1 stays undecided.",
  );
});

Deno.test("the verdict has a sentence for each candidate and says which score is not measured", () => {
  const text = verdict(summaryOf({
    arms: [
      ...["a", "b", "c"].map((id) => arm(id, "control")),
      ...["x", "y"].map((id) => arm(id, "candidate")),
    ],
    seeds: 1,
    measurements: [["a", 50], ["b", 50], ["x", 60], ["y", 40]].flatMap(([id, value]) =>
      scores(String(id), {}, "t", [Number(value)])
    ),
  }));
  expect(text).toMatch(
    /^X beats all of A, B and C .* on no target; “Target t” \(\+10\.0 against A, \+10\.0 against B, not measured against C\) stays undecided\. Y beats all of .* it loses on /,
  );
});

Deno.test("one picture of a small test set is no win, and the verdict says what a win takes", () => {
  const arms = [arm("npre", "teacher"), arm("ncf", "candidate")];
  const over = (test: number) =>
    verdict(summaryOf({
      ...{ arms, seeds: 2, targets: [{ ...target("t"), test }] },
      measurements: [...scores("npre", {}, "t", [42, 42]), ...scores("ncf", {}, "t", [47.3, 47.3])],
    }));
  expect(over(19)).toBe(
    "NCF beats NPRE by more than 3 test rows and the spread over 2 seeds on no target; " +
      "“Target t” (+5.3 ± 0.0 against NPRE) stays undecided.",
  );
  expect(over(1000)).toBe(
    "NCF beats NPRE by more than the spread over 2 seeds on its one target, by +5.3 points over NPRE.",
  );
});
