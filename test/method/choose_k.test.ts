import { expect } from "expect";
import { chooseK, tellings } from "../../src/method/choose_k.ts";
import { fakeEngine } from "./fake_engine.ts";

const told = (k: number, bits: number, error = 0) => ({ k, bits, error, share: 0.5 });

Deno.test("chooseK() takes the k that tells most, or the smallest that tells as much within its error", () => {
  expect(chooseK([told(50, 3), told(100, 5), told(200, 4)])).toBe(100);
  expect(chooseK([told(200, 5, 0.4), told(100, 4.7), told(50, 4.5)])).toBe(100);
  expect(chooseK([told(200, 5, 0.4), told(100, 4.7, 9), told(50, 4.6)])).toBe(50);
  expect(() => chooseK([])).toThrow("found none");
});

Deno.test("tellings() measures each k on the same normalised rows, smallest first", async () => {
  const engine = fakeEngine();
  const shape = { shape: [40, 2], dtype: "float32", origin: "rows" };
  using raw = engine.tensors.take(shape as never, [...Array(40).keys()]);
  const options = { iterations: 5, seed: 11, engine: "torch", device: "some device", threads: 2 };
  const progress: [number, number][] = [];
  const found = await tellings(
    engine,
    raw,
    { ...options, engine: "torch", ks: [9, 4], splits: 3, normalise: true },
    { onProgress: (done, total) => progress.push([done, total]) },
  );
  const [normalise, ...asked] = engine.calls;
  expect(asked.map(({ name, args }) => [name, ...args])).toEqual(
    [4, 9].map((k) => [
      "reproducible",
      normalise?.made,
      { ...options, k, splits: 3, normalise: true },
    ]),
  );
  // the engine tells k, k + 1 and k + 2 bits: deviation 1, standard error 1 / sqrt(3)
  expect(found).toEqual([4, 9].map((k) => ({
    ...{ k, bits: k + 1, error: expect.closeTo(1 / Math.sqrt(3), 12), share: 0.5 },
  })));
  expect(progress).toEqual([[1, 6], [4, 6]]);
});
