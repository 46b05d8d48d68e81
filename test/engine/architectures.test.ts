import { fileURLToPath } from "node:url";
import { expect } from "expect";
import { python } from "clusterfit/python";
import { architectures, readsClips, widestLayer, widthOf } from "../../src/models/architectures.ts";
import { startEngine } from "../../src/engine/mod.ts";

Deno.test("the config takes exactly the networks that py/clusterfit builds", async () => {
  await python.start({ path: [fileURLToPath(new URL("../../py", import.meta.url))] });
  using known = python.builtins.method(
    "sorted",
    python.import("clusterfit.models").attr("BACKBONES"),
  ) as Iterable<unknown> & Disposable;
  expect([...known]).toEqual([...architectures].sort());
});

Deno.test("widestLayer() is the least that py/clusterfit can pool every layer of a network into", async () => {
  const engine = await startEngine();
  const path = await Deno.makeTempFile({ suffix: ".safetensors" });
  await engine.tensors.save(path, {
    images: { data: new Uint8Array(2 * 32 * 32 * 3), shape: [2, 32, 32, 3] },
    clips: { data: new Uint8Array(2 * 2 * 32 * 32 * 3), shape: [2, 2, 32, 32, 3] },
  });
  using file = await engine.tensors.load(path);
  using stills = engine.data.packed(file.get("images"));
  using clips = engine.data.clips(file.get("clips"));
  const how = { device: "cpu", precision: "float32", threads: 1, batchSize: 2 } as const;
  for (const arch of architectures) {
    const width = widthOf({ arch, width: "auto" });
    using network = await engine.models.build({ arch, heads: { fc: 2 }, width, seed: 0 });
    const [source, frames] = readsClips(arch) ? [clips, 2] : [stills, null];
    const options = { ...how, view: { size: null, clips: 1, frames }, rows: null };
    const extract = (budget: number) => {
      const outputs = Object.fromEntries(
        ["res2", "res3", "res4", "res5"].map((layer) => [layer, { layer, budget }]),
      );
      return engine.features.extract(network, source, outputs, options, {});
    };
    const widest = widestLayer(arch, width!);
    using features = await extract(widest);
    expect(features.get("res5").shape).toEqual([2, widest]);
    await expect(extract(widest - 1)).rejects.toThrow(`it needs a budget of at least ${widest}`);
  }
});
