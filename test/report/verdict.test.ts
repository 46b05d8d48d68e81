import { expect } from "expect";
import { verdict } from "../../src/report/verdict.ts";
import { oneSeed, seeds, summary, targets } from "./fixture.ts";

Deno.test("the verdict names losing and undecided targets with their numbers", () => {
  expect(verdict(summary)).toBe(
    "Ncf beats both Npre and Npre 2x by more than the spread over 3 seeds on 2 of 4 targets, " +
      "by +4.1 to +7.0 over Npre and +2.2 to +4.3 over Npre 2x; " +
      "it loses on “Names never seen” (+0.9 ± 0.2 against Npre, −1.8 ± 0.1 against Npre 2x); " +
      "“Emoji category” (+1.8 ± 0.2 against Npre, +1.1 ± 2.2 against Npre 2x) stays undecided.",
  );
});

Deno.test("the verdict says none where no target is won", () => {
  const [, lost, , open] = targets;
  expect(verdict({ seeds, targets: [lost!, open!] })).toMatch(
    /^Ncf beats both Npre and Npre 2x by more than the spread over 3 seeds on none of 2 targets; /,
  );
});

Deno.test("the verdict of one seed claims no spread", () => {
  expect(verdict(oneSeed)).toContain(
    "by more than 1.5 points (one seed, so no spread can be claimed) on 2 of 4 targets",
  );
  expect(verdict(oneSeed)).not.toContain("±");
});

Deno.test("the verdict of a run without targets says nothing about ClusterFit", () => {
  expect(verdict({ seeds, targets: [] })).toBe("No target was probed, so nothing can be said.");
});
