import { expect } from "expect";
import { join } from "node:path";
import { artifactKey, sealArtifact } from "../../src/pipeline/artifact.ts";
import { RunFolder, runPaths } from "../../src/pipeline/store.ts";
import { readReportInput } from "../../src/report/input.ts";
import type { Summary } from "../../src/results/summary.ts";
import { record, summary as defaultSummary } from "./fixture.ts";
import { sealSummary } from "./summary_artifact.ts";

/** A run with a sheet for each clustering and a card for each network, which say whose they are. */
async function runWith(summary: Summary) {
  const path = await Deno.makeTempDir();
  const seal = async (node: string, files: Readonly<Record<string, string>>) => {
    const dir = runPaths(path).artifact(node);
    await Deno.mkdir(dir, { recursive: true });
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(join(dir, name), text);
    }
    const made = { stage: "toy", version: 1, config: { node }, inputs: {} };
    await sealArtifact(dir, { ...made, kind: "toy", key: artifactKey(made) }, Object.keys(files));
  };
  await sealSummary(path, summary);
  for (const { node } of summary.networks) {
    await seal(node, { "network.json": JSON.stringify({ snippet: `load ${node}` }) });
  }
  for (const sheet of new Set(summary.clusterings.flatMap(({ sheet }) => sheet ?? []))) {
    const clusters = [{ id: 1, size: 2, names: [sheet] }];
    await seal(sheet, { "sheet.json": JSON.stringify({ clusters }), "sheet.png": sheet });
  }
  return {
    run: new RunFolder(path, record),
    damage: (node: string, file: string) =>
      Deno.writeTextFile(join(runPaths(path).artifact(node), file), "{}"),
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}

const clustering = defaultSummary.clusterings[0]!;
const summary: Summary = {
  ...defaultSummary,
  clusterings: [
    { ...clustering, seed: 7, sheet: null },
    { ...clustering, seed: 8, sheet: "seed-8.ncf.sheet" },
    { ...clustering, seed: 9, sheet: "seed-9.ncf.sheet" },
  ],
};

Deno.test("a report shows the first sheet, and how the first network of the candidate is loaded", async () => {
  await using made = await runWith(summary);
  const { sheet, snippet } = await readReportInput(made.run);
  expect(sheet?.clusters[0]?.names).toEqual(["seed-8.ncf.sheet"]);
  expect(new TextDecoder().decode(sheet?.png)).toBe("seed-8.ncf.sheet");
  const ncf = summary.networks.find(({ arm }) => arm === "ncf");
  expect(summary.networks[0]?.arm).not.toBe("ncf");
  expect(snippet).toEqual({ network: ncf, code: `load ${ncf?.node}` });
});

Deno.test("a report of an experiment without a candidate shows how its first network is loaded", async () => {
  const networks = summary.networks.filter(({ arm }) => arm === "npre2x");
  await using made = await runWith({ ...summary, networks });
  expect((await readReportInput(made.run)).snippet?.network).toEqual(networks[0]);
});

Deno.test("a report is made of intact artifacts only", async () => {
  const node = summary.networks.find(({ arm }) => arm === "ncf")?.node ?? "";
  const files = [
    ...[["summary", "summary.json"], [node, "network.json"]],
    ...[["seed-8.ncf.sheet", "sheet.json"], ["seed-8.ncf.sheet", "sheet.png"]],
  ] as const;
  for (const [artifact, file] of files) {
    await using made = await runWith(summary);
    await made.damage(artifact!, file!);
    await expect(readReportInput(made.run)).rejects.toThrow(`${file} is damaged`);
  }
});
