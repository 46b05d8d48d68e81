import { expect } from "expect";
import { reproductionOf } from "../../src/report/reproduction.ts";
import { reproductionsPage } from "../../src/report/reproductions_page.ts";
import { judge } from "../../src/results/judge.ts";
import { input, noisyInput } from "./fixture.ts";

const entry = {
  reproduction: reproductionOf(noisyInput, "key"),
  page: "reproduction/figure3.md",
  figures: ["reproduction/figure3.svg"],
};
const text = (page: string) => page.replace(/\s+/g, " ");

Deno.test("the page of all experiments counts what became of the claims, also of those that fail", () => {
  const page = text(reproductionsPage([entry], [["table4", "hashtags"]]));
  expect(page).toContain(
    "| [Label noise: does Ncf withstand what Npre does not?](reproduction/figure3.md) |",
  );
  const { claims } = noisyInput.summary.study;
  const row = page.split("| [Label noise")[1]!.split("|").map((cell) => cell.trim());
  const [, scale, all, hold, fail, open] = row;
  expect(scale).toBe(noisyInput.summary.study.scale);
  expect(Number(all)).toBe(claims.length);
  expect([hold, fail, open].map(Number)).toEqual(
    ["holds", "does not hold", "undecided"].map((wanted) =>
      claims.filter((claim) => judge(claim, noisyInput.summary).verdict === wanted).length
    ),
  );
  for (const { text: claim } of claims) expect(page).toContain(`| ${claim} |`);
  expect(page).toContain("## Not run yet - table4: hashtags");
});

Deno.test("an experiment without claims has its sentence and no table of claims", () => {
  const page = reproductionsPage(
    [{ reproduction: reproductionOf(input, "key"), page: "reproduction/default.md", figures: [] }],
    [],
  );
  expect(page).toContain("Ncf beats both Npre and Npre 2x");
  expect(page).not.toMatch(/\| Claim \||## Not run yet|!\[/);
});
