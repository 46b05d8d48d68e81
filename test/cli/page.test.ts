import { join } from "node:path";
import process from "node:process";
import { expect } from "expect";
import { makePageFolder, writePage } from "../../src/cli/page.ts";
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

/** Files of the page of a finished run, by name, and what is told; the page's folder is made for it. */
async function written(
  summary: Summary,
): Promise<{ files: Record<string, string>; told: string[]; folder: string }> {
  const dir = await Deno.makeTempDir();
  try {
    await sealSummary(dir, summary);
    const folder = join(dir, "deep/page");
    const told: string[] = [];
    await writePage(new RunFolder(dir, record), folder, {
      ...{ stream: process.stderr, live: false, result: () => {} },
      line: (text) => void told.push(text),
    });
    const files: Record<string, string> = {};
    for await (const { name } of Deno.readDir(folder)) {
      files[name] = await Deno.readTextFile(join(folder, name));
    }
    return { files, told, folder };
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("writePage() writes Markdown that shows each figure beside it, and says where", async () => {
  const { files, told, folder } = await written(drawn);
  expect(Object.keys(files).sort()).toEqual(["figure3.json", "figure3.md", "figure3.svg"]);
  expect(files["figure3.md"]).toContain("](figure3.svg)");
  expect(files["figure3.svg"]).toMatch(/^<svg/);
  expect(told).toEqual([`Page      ${join(folder, "figure3.md")}`]);
});

Deno.test("writePage() keeps every number that the page is made from, and no long list beside", async () => {
  const { files } = await written(drawn);
  const { run, study, measurements, clusterings, series } = JSON.parse(files["figure3.json"]!);
  expect(run).toBe(record.id);
  expect(study).toEqual(drawn.study);
  expect(measurements).toEqual(drawn.measurements);
  expect(clusterings).toHaveLength(drawn.clusterings.length);
  expect(clusterings[0]).toMatchObject({ arm: "ncf", at: { noise: 0, k: 100 }, empty: 0 });
  expect([clusterings[0].sizes, series]).toEqual([undefined, undefined]);
});

Deno.test("writePage() of an experiment without figures writes none", async () => {
  const { files } = await written(oneSeed);
  expect(Object.keys(files).sort()).toEqual(["default.json", "default.md"]);
});

Deno.test("a folder that cannot be made is a mistake of the user's that names --page", async () => {
  await expect(makePageFolder(join(Deno.execPath(), "page"))).rejects.toMatchObject({
    name: "UserError",
    message: expect.stringMatching(/^Cannot make the folder of the page: .* --page\.$/),
  });
});
