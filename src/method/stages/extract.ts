/** The penultimate features of Dcf under Npre: res5 after global average pooling (paper, section 3.1). */
import { join } from "node:path";
import { defineStage } from "../../pipeline/stage.ts";
import { loadNetwork } from "../network.ts";
import type { PlacementConfig } from "../placement.ts";
import type { Services } from "../services.ts";

export const extract = defineStage<
  PlacementConfig,
  { readonly images: "images"; readonly network: "network" },
  "features",
  Services
>({
  name: "extract",
  version: 1,
  inputs: { images: "images", network: "network" },
  output: "features",
  async run({ config, inputs, dir, services: { engine }, signal, progress }) {
    using network = await loadNetwork(engine, inputs.network);
    using file = await engine.tensors.load(inputs.images.file("images.safetensors"));
    using features = await engine.features.extract(
      network,
      file.get("images"),
      { res5: null },
      config,
      { signal, onProgress: (done, total) => progress({ done, total, unit: "images" }) },
    );
    await engine.tensors.save(join(dir, "features.safetensors"), {
      features: features.get("res5"),
    });
    return ["features.safetensors"];
  },
});
