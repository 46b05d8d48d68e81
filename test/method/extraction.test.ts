import { expect } from "expect";
import { join } from "node:path";
import { type Engine, startEngine } from "../../src/engine/mod.ts";
import { extracted, extractToFiles } from "../../src/method/extraction.ts";
import type { EvaluationConfig } from "../../src/method/placement.ts";

const count = 70;
const side = 8;
/** Two images a batch: a block has 32. */
const placement: EvaluationConfig = {
  ...{ device: "cpu", precision: "float32", threads: 1, versions: {}, batchSize: 2 },
  view: { size: null, clips: 1, frames: null },
};
const outputs = { deep: { layer: "res5", budget: null }, grid: { layer: "res3", budget: 64 } };

/** A folder of a stage, a network and images; what was computed and what was told. */
async function setting() {
  const engine = await startEngine();
  const dir = await Deno.makeTempDir();
  const open = new DisposableStack();
  const images = join(dir, "images");
  await engine.tensors.save(images, {
    images: {
      data: Uint8Array.from({ length: count * side * side * 3 }, (_, at) => (at * 40503) >>> 8),
      shape: [count, side, side, 3],
    },
  });
  const source = open.use(
    engine.data.packed(open.use(await engine.tensors.load(images)).get("images")),
  );
  const network = open.use(
    await engine.models.build({ arch: "resnet10-small", width: 8, heads: { fc: 2 }, seed: 1 }),
  );
  const asked: number[] = [];
  const told: string[] = [];
  const controller = new AbortController();
  const recorded: Engine = {
    ...engine,
    features: {
      ...engine.features,
      extract(net, from, wanted, options, job) {
        asked.push(options.rows?.length ?? -1);
        return engine.features.extract(net, from, wanted, options, job);
      },
    },
  };
  const context = {
    ...{ dir, key: "key", services: { engine: recorded }, signal: controller.signal },
    damaged: (message: string) => void told.push(message),
  };
  const whole = async (rows: readonly number[] | null, output: keyof typeof outputs) => {
    using all = await engine.features.extract(network, source, outputs, { ...placement, rows }, {});
    await engine.tensors.save(join(dir, "whole"), { features: all.get(output) });
    return await Deno.readFile(join(dir, "whole"));
  };
  return {
    ...{ engine, dir, network, source, context, controller, asked, told, whole },
    read: (name: string) => Deno.readFile(join(dir, name)),
    async [Symbol.asyncDispose]() {
      open[Symbol.dispose]();
      await Deno.remove(dir, { recursive: true });
    },
  };
}

Deno.test("features written as they come are the file of all of them at once, byte for byte", async () => {
  await using at = await setting();
  const seen: number[][] = [];
  await extractToFiles(at.context, "blocks", {
    ...{ network: at.network, source: at.source, outputs, placement, rows: null },
    onProgress: (...now) => void seen.push(now),
  });
  expect(at.asked).toEqual([32, 32, 6]);
  for (const output of ["deep", "grid"] as const) {
    expect(await at.read(`${output}.safetensors`)).toEqual(await at.whole(null, output));
  }
  expect(seen.at(-1)).toEqual([count, count]);
});

Deno.test("a stopped extraction goes on behind its last block, to the same bytes", async () => {
  await using at = await setting();
  const what = { network: at.network, source: at.source, outputs, placement, rows: null };
  const stopped = extractToFiles(at.context, "blocks", {
    ...what,
    onProgress: (done) => done > 32 && at.controller.abort(new Error("stopped")),
  });
  await expect(stopped).rejects.toThrow("stopped");
  at.asked.length = 0;
  const again = { ...at.context, signal: new AbortController().signal };
  await extractToFiles(again, "blocks", what);
  expect([[6], [32, 6]]).toContainEqual(at.asked); // the second block may have been done when it was stopped
  expect(await at.read("deep.safetensors")).toEqual(await at.whole(null, "deep"));
  expect(at.told).toEqual([]);
});

Deno.test("a damaged block is told, and made again", async () => {
  await using at = await setting();
  const what = { network: at.network, source: at.source, outputs, placement, rows: null };
  await extractToFiles(at.context, "blocks", what);
  const bytes = await at.read("grid.safetensors");
  bytes[bytes.length - 1]! ^= 1;
  await Deno.writeFile(join(at.dir, "grid.safetensors"), bytes);
  at.asked.length = 0;
  await extractToFiles(at.context, "blocks", what);
  expect(at.asked).toEqual([6]);
  expect(at.told).toEqual([expect.stringContaining("goes on behind block 2 of 3")]);
  expect(await at.read("grid.safetensors")).toEqual(await at.whole(null, "grid"));
});

Deno.test("features of some rows are the same in memory and through files", async () => {
  await using at = await setting();
  for (const length of [32, 33]) {
    const rows = Array.from({ length }, (_, row) => (row * 7) % count);
    using found = await extracted(at.context, `part-${length}`, {
      ...{ network: at.network, source: at.source, outputs, placement, rows },
    });
    await at.engine.tensors.save(join(at.dir, "found"), { features: found.get("grid") });
    expect(await at.read("found")).toEqual(await at.whole(rows, "grid"));
  }
  const files = (await Array.fromAsync(Deno.readDir(at.dir))).map(({ name }) => name);
  expect(files.filter((name) => name.startsWith("part-")).sort()).toEqual(
    ["part-33-deep.safetensors", "part-33-grid.safetensors", "part-33.json"],
  );
});
