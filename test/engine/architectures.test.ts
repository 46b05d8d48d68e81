import { fileURLToPath } from "node:url";
import { expect } from "expect";
import { python } from "clusterfit/python";
import { architectures, defaultWidth, widestLayer } from "../../src/method/architectures.ts";
import { startEngine } from "../../src/engine/mod.ts";

Deno.test("the config takes exactly the networks that py/clusterfit builds", async () => {
  await python.start({ path: [fileURLToPath(new URL("../../py", import.meta.url))] });
  using known = python.builtins.method(
    "sorted",
    python.import("clusterfit.nets").attr("ARCHITECTURES"),
  ) as Iterable<unknown> & Disposable;
  expect([...known]).toEqual([...architectures].sort());
});

Deno.test("widestLayer() is the least that py/clusterfit can pool every layer of a network into", async () => {
  const engine = await startEngine();
  const images = { data: new Uint8Array(2 * 32 * 32 * 3), shape: [2, 32, 32, 3] };
  const path = await Deno.makeTempFile({ suffix: ".safetensors" });
  await engine.tensors.save(path, { images });
  using file = await engine.tensors.load(path);
  const placement = { device: "cpu", precision: "float32", threads: 1, batchSize: 2 } as const;
  for (const arch of architectures) {
    const width = defaultWidth(arch);
    using network = await engine.nets.build({ arch, classes: 2, width, seed: 0 });
    const extract = (budget: number) => {
      const layers = { res2: budget, res3: budget, res4: budget, res5: budget };
      return engine.features.extract(network, file.get("images"), layers, placement, {});
    };
    const widest = widestLayer(arch, width);
    using features = await extract(widest);
    expect(features.get("res5").shape).toEqual([2, widest]);
    await expect(extract(widest - 1)).rejects.toThrow(`has to be at least ${widest}`);
  }
});
