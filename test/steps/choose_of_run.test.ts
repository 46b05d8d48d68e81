import { join } from "node:path";
import { expect } from "expect";
import { startEngine } from "../../src/engine/mod.ts";
import { artifactKey, sealArtifact } from "../../src/pipeline/artifact.ts";
import { RunFolder, runPaths } from "../../src/pipeline/store.ts";
import { chooseClusters } from "../../src/steps/choose_clusters.ts";
import { chooseOfRun } from "../../src/steps/choose_of_run.ts";
import { record } from "../report/fixture.ts";
import { sealSummary } from "../report/summary_artifact.ts";
import { arm, axis, scores, summaryOf, target } from "../results/summaries.ts";

const ks = [2, 5, 40];

/** From 0 to 1, as if drawn. */
const noise = (row: number, at: number) =>
  Math.abs(43758.5453 * Math.sin(12.9898 * row + 78.233 * at)) % 1;

/** A finished run whose teacher's features are `clouds` clouds on one ray, 40 rows each, which normalised rows do not
 * tell apart, with a student for each K. */
async function run(clouds: number, stage = "cluster", values = ks) {
  const dir = await Deno.makeTempDir();
  const { tensors } = await startEngine();
  const seal = async (id: string, kind: string, config = {}, write = async (_: string) => {}) => {
    const folder = runPaths(dir).artifact(id);
    await Deno.mkdir(folder, { recursive: true });
    await write(join(folder, "features.safetensors"));
    const made = { stage: kind, version: 1, config, inputs: {} };
    const files = kind === "features" ? ["features.safetensors"] : [];
    await sealArtifact(folder, { ...made, kind, key: artifactKey(made) }, files);
  };
  const numbers = Array.from({ length: 40 * clouds }, (_, row) => [
    ...Array.from(
      { length: 5 },
      (_, at) => 0.1 * noise(row, at) + (at === 0 ? 3 + 3 * (row % clouds) : 0),
    ),
  ]).flat();
  await seal("seed-1.npre.features", "features", {}, (path) =>
    tensors.save(path, {
      features: { data: Float32Array.from(numbers), shape: [40 * clouds, 5] },
    }));
  const nodes = values.map((k) => ({
    ...{
      id: `seed-1.k-${k}.ncf.clusters`,
      stage,
      title: "Cluster",
      inputs: ["seed-1.npre.features"],
    },
    serves: [{ arm: "ncf", seed: 1, at: { k } }],
  }));
  for (const { id } of nodes) await seal(id, "labels", { iterations: 9, normalise: false });
  await sealSummary(
    dir,
    summaryOf({
      arms: [arm("ncf", "candidate", "k")],
      axes: [axis("k", values)],
      targets: [target("a")],
      seeds: 1,
      measurements: values.flatMap((k) => scores("ncf", { k }, "a", [k])),
    }),
  );
  const folder = new RunFolder(dir, { ...record, id: "made", nodes });
  return Object.assign(folder, {
    [Symbol.asyncDispose]: () => Deno.remove(dir, { recursive: true }),
  });
}

Deno.test("chooseOfRun() chooses from a run's K by its features, and says what that would have scored", async () => {
  await using made = await run(5);
  const { choices, outcomes, ks: from } = await chooseOfRun(made, { splits: 4 });
  const features = join(
    runPaths(made.dir).artifact("seed-1.npre.features"),
    "features.safetensors",
  );
  const alone = await chooseClusters(features, {
    ...{ k: ks, splits: 4, iterations: 9, normalise: false, seed: 1 },
  });
  expect(from).toEqual(ks);
  expect(choices).toEqual([{ arm: "ncf", seed: 1, at: {}, k: alone.k }]);
  expect(alone.k).toBe(5);
  expect(outcomes).toMatchObject([{ chosen: 5, best: { k: 40, score: 40 }, any: 47 / 3 }]);
});

Deno.test("chooseOfRun() refuses a run of one K, or of other clusters", async () => {
  await using one = await run(5, "cluster", [5]);
  await expect(chooseOfRun(one)).rejects.toThrow(
    "Cannot compare numbers of clusters in the run made: it needs plain k-means of one teacher's features with " +
      "several K, found K = 5.",
  );
  await using other = await run(5, "cluster-per-label");
  await expect(chooseOfRun(other)).rejects.toThrow("found other clusters");
});

Deno.test("chooseOfRun() says that a run is not finished", async () => {
  await using made = await run(5);
  await Deno.remove(runPaths(made.dir).artifact("summary"), { recursive: true });
  await expect(chooseOfRun(made)).rejects.toMatchObject({
    name: "UserError",
    message: expect.stringContaining("it needs a finished run"),
  });
});
