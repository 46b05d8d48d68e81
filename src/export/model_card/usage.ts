/** How each file of an export is used: lines that can be copied. */
import type { Format } from "../formats.ts";
import type { Library, Loader } from "../library.ts";
import type { Reading } from "../reading.ts";
import { code } from "./markdown.ts";

export interface Usage {
  readonly formats: readonly Format[];
  readonly library: Library;
  readonly outputs: number;
  readonly reading: Reading;
}

/** Sections of Markdown, a heading each. They need `pixels`, which the first says how to make. */
export function usage(given: Usage): string {
  const { formats } = given;
  const parts = [
    `### Pixels

Every form reads float32 \`pixels\` of shape [batch, 3, ${given.reading.size}, ${given.reading.size}], \
normalised:

${code("python", preprocessing(given.reading))}`,
    ...formats.includes("safetensors")
      ? given.library.loaders.map((loader) => weights[loader](given))
      : [],
    ...formats.includes("onnx") ? [onnx] : [],
    ...formats.includes("torch-export") ? [program] : [],
  ];
  return parts.join("\n\n");
}

function preprocessing({ size, resize, interpolation, mean, std }: Reading): string {
  return `
from PIL import Image
from torchvision.transforms import v2
import torch

read = v2.Compose([
    v2.Resize(${resize}, v2.InterpolationMode.${interpolation.toUpperCase()}),
    v2.CenterCrop(${size}),
    v2.ToImage(),
    v2.ToDtype(torch.float32, scale=True),
    v2.Normalize(${list(mean)}, ${list(std)}),
])
pixels = read(Image.open("picture.jpg").convert("RGB"))[None]`;
}

const list = (numbers: readonly number[]) => `[${numbers.join(", ")}]`;

const weights: Readonly<Record<Loader, (given: Usage) => string>> = {
  timm: () =>
    `### timm

\`pretrained=True\` is needed: without it timm gives random weights and says nothing.

${
      code(
        "python",
        `
import timm
net = timm.create_model("local-dir:.", pretrained=True).eval()  # . is this folder
features = net.forward_head(net.forward_features(pixels), pre_logits=True)
logits = net(pixels)
transform = timm.data.create_transform(**timm.data.resolve_model_data_config(net))  # for PIL images`,
      )
    }`,
  torchvision: ({ library: { model }, outputs }) =>
    `### torchvision

${
      code(
        "python",
        `
import torchvision
from safetensors.torch import load_file
net = torchvision.models.${model}(num_classes=${outputs}).eval()
net.load_state_dict(load_file("model.safetensors"))
logits = net(pixels)`,
      )
    }`,
  script: () =>
    `### PyTorch

No library knows this architecture by a name: \`load.py\` builds it from torchvision's parts.

${
      code(
        "python",
        `
from load import load
net = load()
logits = net(pixels)
net.fc = torch.nn.Identity()
features = net(pixels)`,
      )
    }`,
};

const onnx = `### onnxruntime

${
  code(
    "python",
    `
import onnxruntime
session = onnxruntime.InferenceSession("model.onnx")
features, logits = session.run(["features", "logits"], {"pixels": pixels.numpy()})`,
  )
}`;

const program = `### torch.export

${
  code(
    "python",
    `
import torch
net = torch.export.load("model.pt2").module()
features, logits = net(pixels)`,
  )
}`;
