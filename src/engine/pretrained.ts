/** `clusterfit.pretrained`: networks that were trained elsewhere, as files of ours. */
import { kw, python } from "clusterfit/python";
import { job } from "./call.ts";
import type { Engine, Reading } from "./engine.ts";
import type { Pretrained } from "./py.ts";

const module = () => python.import<Pretrained>("clusterfit.pretrained");

export const pretrained: Engine["pretrained"] = {
  fromCheckpoint: (path, arch, out, reading) =>
    job(module(), "from_checkpoint", [
      path,
      arch,
      out,
      kw({ preprocessing: reading }),
    ]),

  fromEfficientNet: (out) => job(module(), "from_efficientnet", [out]),

  fromFolder: (folder, out, reading) => job(module(), "from_folder", [folder, out, read(reading)]),

  fromTimm: (arch, file, out, reading, options) =>
    job(module(), "from_timm", [arch, file, out, read(reading)], options),

  fromTorchvision: (arch, weights, out, reading, options) =>
    job(module(), "from_torchvision", [arch, weights, out, read(reading)], options),

  fromTransformers: (place, pool, out, reading, { signal }) =>
    job(module(), "from_transformers", [place, pool, out, read(reading)], {
      ...(signal && { signal }),
    }),
};

function read(preprocessing: Reading | null) {
  return kw({ preprocessing });
}
