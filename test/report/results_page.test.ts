import { expect } from "expect";
import { reproductionOf } from "../../src/report/reproduction.ts";
import { type PageFigure, resultsPage } from "../../src/report/results_page.ts";
import type { ReportInput } from "../../src/report/input.ts";
import { doubtful, input, noisyInput, oneSeed } from "./fixture.ts";

const drawn = (run: ReportInput, figures: PageFigure[], reading?: string) =>
  resultsPage(reproductionOf(run, "key"), figures, reading);

const figure = { file: "figure3.svg", alt: "Figure 3" };
const page = drawn(noisyInput, [figure]);

/** With one space where a table or a line break has several. */
const text = (page: string) => page.replace(/\s+/g, " ");

Deno.test("the results page says what was claimed, expected and found, with the numbers", () => {
  expect(page).toMatch(/^# Label noise: does Ncf withstand what Npre does not\?\n/);
  expect(page).toContain("![Figure 3](figure3.svg)");
  expect(text(page)).toContain(
    "| Without noise, Npre is better on its own task | Figure 3 (a) | " +
      "Npre (label noise 0%) 58.0 ± 0.6, Ncf (label noise 0%) 54.5 ± 0.6: +3.5 ± 0.0, margin 0.6 | " +
      "undecided | **holds** |",
  );
  expect(text(page)).toMatch(
    /Npre falls faster with noise than Ncf \|.*\| holds \| \*\*undecided\*\*/,
  );
});

Deno.test("the results page has each score with its spread, and names what is missing", () => {
  expect(text(page)).toContain(
    "| label noise 50%, K 400 | 46.0 ± 0.6 | 49.0 ± 0.6 | 49.0 ± 0.6 | undecided |",
  );
  expect(page).toContain("- Ncf at label noise 75%, K 1,600, seed 9\n");
  expect([...page.matchAll(/^### /gm)].length).toBe(3);
});

Deno.test("the results page says with what, where and in what time it was made, and by which command", () => {
  const words = text(page);
  expect(words).toContain("| run | figure3-0a1b2c3d |");
  expect(words).toContain("| seeds | 7, 8, 9 |");
  expect(words).toContain("| machine | cpu Example CPU @ 2.50GHz, cores 2, memoryGiB 23 |");
  expect(words).toContain("| time | 3 min 21 s |");
  expect(page).toContain("```sh\ndeno task clusterfit --seeds 7,8,9 --set 'title=a b'\n```\n");
});

Deno.test("the results page of one seed claims no spread, and marks probes that did not converge", () => {
  const one = drawn({ ...input, summary: oneSeed }, []);
  expect(one).not.toContain("±");
  expect(one).not.toMatch(/## Claims|## Not measured|!\[/);
  const marked = drawn({ ...input, summary: doubtful }, []);
  expect(marked).toContain("40.9 ± 0.7†");
  expect(marked).toContain("† a probe did not converge in 251 to 253 evaluations");
});

Deno.test("the results page escapes what Markdown would read as its own", () => {
  const study = { ...input.summary.study, title: "a|b *c* <d> [e]" };
  const nasty = drawn({ ...input, summary: { ...input.summary, study } }, []);
  expect(nasty).toContain("# a\\|b \\*c\\* \\<d\\> \\[e\\]\n");
});

Deno.test("the results page is as `deno fmt` would write it", async () => {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--no-config", "--line-width", "100", "--ext", "md", "-"],
    stdin: "piped",
    stdout: "piped",
  });
  for (const made of [page, drawn({ ...input, summary: doubtful }, [figure])]) {
    const child = command.spawn();
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(made));
    await writer.close();
    const { stdout } = await child.output();
    expect(new TextDecoder().decode(stdout)).toBe(made);
  }
});

Deno.test("the results page says what was chosen for probes by SGD", () => {
  const chosen = { name: "learning rate", by: "on validation rows", values: [0.3] };
  const measurements = input.summary.measurements.map((one) => ({ ...one, probe: "sgd", chosen }));
  const summary = { ...input.summary, measurements };
  expect(text(drawn({ ...input, summary }, []))).toContain(
    "Probes by SGD: learning rate 0.3, chosen on validation rows.",
  );
});

Deno.test("the results page has the layers side by side, where several were probed", () => {
  const pooled = ["res4", "res5"].flatMap((layer, at) =>
    input.summary.measurements.filter(({ budget }) => budget === null)
      .map((one) => ({ ...one, layer, budget: 512, value: 30 + at }))
  );
  const made = text(drawn({ ...input, summary: { ...input.summary, measurements: pooled } }, []));
  expect(made).toContain(", each layer pooled to 512 numbers at most");
  expect(made).toMatch(
    /\| Network \| res4 \| res5 \| \|[ |-]+\| [^|]+ \| 30\.0 ± 0\.0 \| 31\.0 ± 0\.0 \|/,
  );
  expect(page).not.toContain("Layer by layer");
});
