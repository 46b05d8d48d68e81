/** How each file of an export is used: lines that can be copied. */
import { code } from "../../report/markdown.ts";
import { type Loader, modelOf } from "../library.ts";
import type { CardInput } from "./input.ts";
import { preprocessing } from "./pixels.ts";

export type Usage = Pick<CardInput, "formats" | "library" | "exported">;

/** Sections of Markdown, a heading each. They need what the first makes: `pixels`, and torchvision imported. */
export function usage(given: Usage): string {
  const { formats, library, exported: { reading } } = given;
  const parts = [
    `### Pixels

Every form reads float32 \`pixels\` of shape [batch, 3, ${reading.size}, ${reading.size}], \
normalised. These lines come first, also for the ones below:

${code("python", preprocessing(reading))}`,
    ...library?.loaders.map((loader) => weights[loader](given)) ?? [],
    ...formats.includes("onnx") ? [onnx] : [],
    ...formats.includes("torch-export") ? [program] : [],
  ];
  return parts.join("\n\n");
}

const weights: Readonly<Record<Loader, (given: Usage) => string>> = {
  timm: () =>
    `### timm

\`pretrained=True\` is needed: without it timm gives random weights and says nothing. Its transform neither turns \
a picture as EXIF says nor lays it over white: that is what \`upright\` does.

${
      code(
        "python",
        `
import timm
net = timm.create_model("local-dir:.", pretrained=True).eval()  # . is this folder
features = net.forward_head(net.forward_features(pixels), pre_logits=True)
logits = net(pixels)
transform = timm.data.create_transform(**timm.data.resolve_model_data_config(net))
pixels = transform(upright("picture.jpg"))[None]`,
      )
    }`,
  torchvision: ({ library, exported: { card, outputs } }) =>
    `### torchvision

${
      code(
        "python",
        `
import torchvision
from safetensors.torch import load_file
net = torchvision.models.get_model(${
          callArguments(modelOf(card.arch), { num_classes: outputs, ...library?.arguments })
        }).eval()
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

/** A name and named values, as Python has them between the parentheses of a call. */
function callArguments(
  name: string,
  named: Readonly<Record<string, number | string | boolean>>,
): string {
  const value = (given: number | string | boolean) =>
    typeof given === "boolean" ? (given ? "True" : "False") : JSON.stringify(given);
  return [
    JSON.stringify(name),
    ...Object.entries(named).map(([key, given]) => `${key}=${value(given)}`),
  ].join(", ");
}
