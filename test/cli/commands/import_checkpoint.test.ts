import { expect } from "expect";
import { importCheckpoint, importedText } from "../../../src/cli/commands/import_checkpoint.ts";
import { layersText } from "../../../src/cli/commands/layers.ts";

const run = (...args: string[]) =>
  importCheckpoint.run(args, { install: () => Promise.reject(new Error("too early")) });

Deno.test("how the network reads images has to be said, and the file has to end in .safetensors", async () => {
  await expect(run("a.pth", "--out", "b.safetensors")).rejects.toThrow(
    /Cannot import a\.pth: it needs to be known how the network reads images.*--preprocessing imagenet/s,
  );
  await expect(run("a.pth", "--out", "b.pth", "--preprocessing", "imagenet")).rejects.toThrow(
    /it needs a name that ends in \.safetensors/,
  );
});

Deno.test("what was found and what was left out is told by name", () => {
  const done = {
    ...{ arch: "torchvision:resnet50", layout: "MoCo", weights: 320, notes: ["a note"] },
    heads: ["state_dict.module.encoder_q.fc.0.weight"],
    others: { "state_dict.module": 322, "optimizer.state": 161 },
  };
  expect(importedText("moco.safetensors", done)).toBe(
    "torchvision:resnet50: 320 of 320 weights of the trunk, from MoCo\n" +
      "left out, behind the features: state_dict.module.encoder_q.fc.0.weight\n" +
      "left out, of other parts: state_dict.module (322), optimizer.state (161)\n" +
      "a note\n-> moco.safetensors",
  );
});

Deno.test("layers are listed below each other", () => {
  const found = [
    { name: "layer4", channels: 512, height: 7, width: 7 },
    { name: "pooled", channels: 1280, height: 1, width: 1 },
  ];
  expect(layersText(found)).toBe("layer4    512 x 7 x 7\npooled   1280 x 1 x 1");
});
