import { join } from "node:path";
import process from "node:process";
import type { Output } from "../../src/cli/output.ts";
import { expect } from "expect";
import {
  drawPages,
  keepOnPage,
  keptOnPage,
  makePageFolder,
  numbersFile,
} from "../../src/cli/page.ts";
import { reproductions } from "../../src/experiments/list.ts";
import type { Experiment } from "../../src/method/experiment.ts";
import { RunFolder } from "../../src/pipeline/store.ts";
import type { Summary } from "../../src/results/summary.ts";
import { noisySummary, oneSeed, record } from "../report/fixture.ts";
import { sealSummary } from "../report/summary_artifact.ts";

const figure: Summary["study"]["figures"][number] = {
  name: "figure3",
  arms: { teacher: "npre", distilled: "distilled", candidate: "ncf" },
  axes: { noise: "noise" },
};
const drawn: Summary = { ...noisySummary, study: { ...noisySummary.study, figures: [figure] } };

const experiments = [
  { name: "figure3", about: "label noise" },
  { name: "default", about: "the main job" },
];

/** Output that keeps its lines. */
function listening(): { readonly output: Output; readonly lines: string[] } {
  const lines: string[] = [];
  return {
    lines,
    output: {
      ...{ stream: process.stderr, live: false, result: () => {} },
      line: (text) => void lines.push(text),
    },
  };
}

/** A folder with the page of a finished run; `use` gets its files by name, and what was told. */
async function drawnPages(
  summary: Summary,
  use: (
    made: {
      readonly files: Record<string, string>;
      readonly lines: string[];
      readonly folder: string;
    },
  ) => void | Promise<void>,
): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await sealSummary(dir, summary);
    const folder = join(dir, "deep/page");
    const { output, lines } = listening();
    await makePageFolder(folder);
    await keepOnPage(folder, new RunFolder(dir, record), "the key");
    await drawPages(folder, experiments, output);
    await use({ files: await filesIn(folder), lines, folder });
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

async function filesIn(folder: string, below = ""): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const { name, isDirectory } of Deno.readDir(join(folder, below))) {
    const path = join(below, name);
    if (isDirectory) Object.assign(files, await filesIn(folder, path));
    else files[path] = await Deno.readTextFile(join(folder, path));
  }
  return files;
}

Deno.test("the page of an experiment shows its figure beside it, and the page of all leads to both", () =>
  drawnPages(drawn, ({ files, lines, folder }) => {
    expect(Object.keys(files).sort()).toEqual([
      "REPRODUCTION.md",
      "reproduction/figure3.json",
      "reproduction/figure3.md",
      "reproduction/figure3.svg",
    ]);
    expect(files["reproduction/figure3.md"]).toContain("](figure3.svg)");
    expect(files["reproduction/figure3.svg"]).toMatch(/^<svg/);
    expect(files["REPRODUCTION.md"]).toContain("](reproduction/figure3.svg)");
    expect(files["REPRODUCTION.md"]).toContain("](reproduction/figure3.md)");
    expect(files["REPRODUCTION.md"]).toContain("- default: the main job");
    expect(lines).toEqual([`Page      ${join(folder, "REPRODUCTION.md")}`]);
  }));

Deno.test("every number that a page is made from is kept, and no long list beside", () =>
  drawnPages(drawn, async ({ folder }) => {
    const kept = (await keptOnPage(folder, "figure3"))!;
    expect([kept.key, kept.run.id]).toEqual(["the key", record.id]);
    expect(kept.summary.study).toEqual(drawn.study);
    expect(kept.summary.measurements).toEqual(drawn.measurements);
    expect(kept.summary.clusterings).toHaveLength(drawn.clusterings.length);
    expect(kept.summary.clusterings[0]).toMatchObject({
      arm: "ncf",
      at: { noise: 0, k: 100 },
      empty: 0,
    });
    expect([kept.summary.clusterings[0]!.sizes, kept.summary.series]).toEqual([[], []]);
    expect(await keptOnPage(folder, "default")).toBeUndefined();
  }));

Deno.test("pages drawn again, without the run, are the same; a reading written by hand is shown", () =>
  drawnPages(drawn, async ({ files, folder }) => {
    const { output } = listening();
    await drawPages(folder, experiments, output);
    expect(await filesIn(folder)).toEqual(files);
    await Deno.writeTextFile(join(folder, "reproduction/figure3.reading.md"), "Too few *seeds*.\n");
    await drawPages(folder, experiments, output);
    expect((await filesIn(folder))["reproduction/figure3.md"]).toContain(
      "\n\n## Reading\n\nToo few *seeds*.\n\n",
    );
  }));

Deno.test("experiments of files of one's own are on the page, behind those of the list or alone", () =>
  drawnPages(drawn, async ({ folder }) => {
    const { output } = listening();
    const text = async (listed: readonly Pick<Experiment, "name" | "about">[]) => {
      await drawPages(folder, listed, output);
      return await Deno.readTextFile(join(folder, "REPRODUCTION.md"));
    };
    const alone = await text([{ name: "table4", about: "not run" }]);
    expect(alone).toMatch(/^# Experiments\n/);
    expect(alone).toContain("](reproduction/figure3.md)");
    expect(alone).not.toMatch(/src\/experiments|Not run yet/);
    const kept = await Deno.readTextFile(numbersFile(folder, "figure3"));
    await Deno.writeTextFile(numbersFile(folder, "a-mine"), kept);
    const both = await text(experiments);
    expect(both).toMatch(/^# The paper, run again\n/);
    expect(both).toContain("## Not run yet");
    const order = [...both.matchAll(/\]\(reproduction\/([\w-]+)\.md\) +\|/g)].map(([, name]) =>
      name
    );
    expect(order).toEqual(["figure3", "a-mine"]);
  }));

Deno.test("a figure is named by its experiment, others also by what they are drawn along", () => {
  const along = (axis: string) => ({ name: "along", arms: {}, axes: { axis } });
  const figures = [figure, along("k"), along("noise")];
  return drawnPages({ ...drawn, study: { ...drawn.study, figures } }, ({ files }) => {
    expect(Object.keys(files).filter((file) => file.endsWith(".svg")).sort()).toEqual([
      "reproduction/figure3-along-k.svg",
      "reproduction/figure3-along-noise.svg",
      "reproduction/figure3.svg",
    ]);
    const page = files["reproduction/figure3.md"];
    expect(page).toContain(", along k](figure3-along-k.svg)");
    expect(page).toContain(", as the paper draws it](figure3.svg)");
  });
});

Deno.test("numbers that are damaged are told with their file and what to do", () =>
  drawnPages(drawn, async ({ folder }) => {
    await Deno.writeTextFile(join(folder, "reproduction/figure3.json"), '{"schema": 1}');
    await expect(keptOnPage(folder, "figure3")).rejects.toMatchObject({
      name: "UserError",
      message: expect.stringMatching(
        /^Cannot read .*figure3\.json: it needs .* Restore it, or remove it/,
      ),
    });
  }));

Deno.test("an experiment without figures gives a page without", () =>
  drawnPages(oneSeed, ({ files }) => {
    expect(Object.keys(files).sort()).toEqual([
      "REPRODUCTION.md",
      "reproduction/default.json",
      "reproduction/default.md",
    ]);
  }));

Deno.test("a folder that cannot be made is a mistake of the user's that names --page", async () => {
  await expect(makePageFolder(join(Deno.execPath(), "page"))).rejects.toMatchObject({
    name: "UserError",
    message: expect.stringMatching(/^Cannot make the folder of the page: .* --page\.$/),
  });
});

Deno.test("the pages in docs/ are those of the numbers in docs/", async () => {
  const docs = new URL("../../docs/", import.meta.url).pathname;
  const folder = await Deno.makeTempDir();
  try {
    await makePageFolder(folder);
    for await (const { name } of Deno.readDir(join(docs, "reproduction"))) {
      if (!/\.(json|reading\.md)$/.test(name)) continue;
      await Deno.copyFile(join(docs, "reproduction", name), join(folder, "reproduction", name));
    }
    await drawPages(folder, Object.values(reproductions), listening().output);
    const made = await filesIn(folder);
    for (const [path, text] of Object.entries(made)) {
      expect([path, await Deno.readTextFile(join(docs, path))]).toEqual([path, text]);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
