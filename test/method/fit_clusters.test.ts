import { expect } from "expect";
import { capOf } from "../../src/method/cluster_cap.ts";
import { fitClusters, type FitOptions } from "../../src/method/fit_clusters.ts";
import { fakeEngine } from "./fake_engine.ts";

const options: FitOptions = {
  ...{ k: 3, iterations: 5, seed: 11, engine: "torch", normalise: true, device: "some device" },
  ...{ threads: 2, folder: "somewhere" },
};
const rows = (engine: ReturnType<typeof fakeEngine>) =>
  engine.tensors.take({ shape: [40, 2], dtype: "float32", origin: "rows" } as never, [
    ...Array(40).keys(),
  ]);

Deno.test("in two phases k-means of rows drawn by the seed gives the start of k-means of all", async () => {
  const engine = fakeEngine();
  using raw = rows(engine);
  const progress: [number, number][] = [];
  const subsample = { rows: 7, iterations: 30 };
  await fitClusters(engine, raw, { ...options, subsample }, {
    onProgress: (done, total) => progress.push([done, total]),
  });
  const [normalise, draw, first, all, ...more] = engine.calls;
  expect(more).toEqual([]);
  expect(draw).toMatchObject({
    name: "draw",
    args: [normalise?.made, 7, { seed: 11, folder: "somewhere" }],
  });
  expect(first).toMatchObject({
    name: "kmeans",
    args: [draw?.made, { ...options, iterations: 30 }],
  });
  expect(first?.args[1]).not.toHaveProperty("start");
  expect(all).toMatchObject({
    name: "kmeans",
    args: [normalise?.made, { ...options, iterations: 5, start: first?.made }],
  });
  expect(progress).toEqual([[1, 35], [31, 35]]);
});

Deno.test("in one phase k-means starts from rows of all", async () => {
  const engine = fakeEngine();
  using raw = rows(engine);
  await fitClusters(engine, raw, { ...options, normalise: false }, {});
  expect(engine.calls.map(({ name }) => name)).toEqual(["kmeans"]);
  expect(engine.calls[0]?.args[1]).toEqual({ ...options, normalise: false });
});

Deno.test("under a cap k-means goes on from its centroids, with so many rows a cluster at most", async () => {
  const engine = fakeEngine();
  using raw = rows(engine);
  const subsample = { rows: 7, iterations: 30 };
  const found = await fitClusters(engine, raw, { ...options, subsample, balance: 1.2 }, {});
  expect(engine.calls.map(({ name }) => name))
    .toEqual(["normalise", "draw", "kmeans", "kmeans", "balance"]);
  const [normalise, , , all, balance] = engine.calls;
  expect(balance?.args).toMatchObject([
    ...[normalise?.made, all?.made, { most: 16, iterations: 5, seed: 11, threads: 2 }],
  ]);
  expect(found.gap).toBe(0.005);
});

Deno.test("the cap is the smaller of the two that may be asked for", () => {
  expect(capOf({ k: 3, balance: 1.2 }, 40)).toBe(16);
  expect(capOf({ k: 3, balance: 1 }, 40)).toBe(14);
  expect(capOf({ k: 3, maxSize: 15 }, 40)).toBe(15);
  expect(capOf({ k: 3, maxSize: 15, balance: 1 }, 40)).toBe(14);
  expect(capOf({ k: 3 }, 40)).toBe(undefined);
});

Deno.test("a cap without room for all rows is refused before anything is clustered", async () => {
  const engine = fakeEngine();
  using raw = rows(engine);
  await expect(fitClusters(engine, raw, { ...options, normalise: false, maxSize: 13 }, {}))
    .rejects.toThrow(
      "Cannot keep clusters below 13 rows: it needs room for 40, found 3 clusters, which is room for 39. " +
        "Give 14 rows or more, or more clusters.",
    );
  expect(engine.calls).toEqual([]);
});
