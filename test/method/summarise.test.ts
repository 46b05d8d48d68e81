import { join } from "node:path";
import { expect } from "expect";
import type { Scores } from "../../src/method/scores.ts";
import { seedInputs, summarise } from "../../src/method/stages/summarise.ts";
import { networks, type Summary, summarySchema } from "../../src/method/summary.ts";
import type { Engine } from "../../src/engine/engine.ts";
import type { Artifact } from "../../src/pipeline/stage.ts";

const seeds = [3, 4];

/** Scores on one target and two layers; the probes named by `failing` did not converge. */
function scores(failing: readonly string[]): Scores {
  const probe = (name: string) => ({
    ...{ testAccuracy: 50, cost: 1, sweep: [] },
    ...{ evaluations: failing.includes(name) ? 251 : 10, converged: !failing.includes(name) },
  });
  const described = { title: "Toys", classes: 4, train: 8, test: 4, majorityBaseline: 25 };
  return {
    targets: [{ name: "toys", ...described, ...probe("toys") }],
    layerwise: { target: "toys", layers: ["res2", "res3"], probes: [probe("res2"), probe("res3")] },
  };
}

/** Runs the stage on folders with the files that it reads; `failing` is by seed and network. */
async function summaryOf(failing: Readonly<Record<string, readonly string[]>>): Promise<Summary> {
  const dir = await Deno.makeTempDir();
  try {
    const inputs: Record<string, Artifact> = {};
    const put = async (name: string, kind: string, files: Readonly<Record<string, string>>) => {
      await Deno.mkdir(join(dir, name));
      for (const [file, text] of Object.entries(files)) {
        await Deno.writeTextFile(join(dir, name, file), text);
      }
      inputs[name] = { kind, hash: "", file: (file) => join(dir, name, file) };
    };
    for (const seed of seeds) {
      const names = seedInputs(seed);
      for (const name of networks) {
        const found = scores(failing[`${seed}.${name}`] ?? []);
        await put(names.network(name), "network", { "log.jsonl": "" });
        await put(names.scores(name), "scores", { "scores.json": JSON.stringify(found) });
      }
      const clusters = { k: 3, points: 9, iterations: 2, objective: 1, sizes: [4, 5, 0] };
      await put(names.clusters, "clusters", {
        "clusters.json": JSON.stringify({ ...clusters, empty: 1, distinct: 2 }),
      });
      await put(names.sheet, "sheet", {});
    }
    await summarise(seeds).run({
      config: { teacher: "rotnet", arch: "toy", images: 9, epochs: 1, seeds },
      ...{ inputs, dir, services: { engine: {} as Engine } },
      ...{ key: "", signal: new AbortController().signal, progress() {}, damaged() {} },
    });
    return summarySchema.parse(JSON.parse(await Deno.readTextFile(join(dir, "summary.json"))));
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("summarise() lists the probes that did not converge by network, seed and layer", async () => {
  const { targets, layerwise } = await summaryOf({ "3.npre2x": ["toys"], "4.ncf": ["res3"] });
  expect(targets[0]?.notConverged).toEqual([{ network: "npre2x", seed: 3, evaluations: 251 }]);
  expect(layerwise.notConverged)
    .toEqual([{ network: "ncf", seed: 4, evaluations: 251, layer: "res3" }]);
  expect(layerwise.scores.ncf).toEqual([[50, 50], [50, 50]]);
});

Deno.test("summarise() carries the majority baseline, empty clusters and distinct features", async () => {
  const { targets, layerwise, clusters } = await summaryOf({});
  expect(targets[0]).toMatchObject({ majorityBaseline: 25, notConverged: [] });
  expect(layerwise.notConverged).toEqual([]);
  expect(clusters.map(({ seed, empty, distinct }) => [seed, empty, distinct]))
    .toEqual([[3, 1, 2], [4, 1, 2]]);
});
