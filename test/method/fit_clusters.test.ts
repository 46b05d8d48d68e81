import { expect } from "expect";
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
