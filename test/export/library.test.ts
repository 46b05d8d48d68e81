import { expect } from "expect";
import type { WeightsFile } from "../../src/engine/engine.ts";
import { checkGraphs, checkWeights, libraryOf, modelOf } from "../../src/export/library.ts";

Deno.test("an architecture goes without its library and options", () => {
  expect(modelOf("resnet18-small")).toBe("resnet18-small");
  expect(modelOf("timm:vit_tiny_patch16_224.augreg?size=32&pool=mean")).toBe(
    "vit_tiny_patch16_224",
  );
});

Deno.test("each architecture has what builds it", () => {
  const named: WeightsFile = { named: true, arguments: { img_size: 32 } };
  const loaders = (arch: string, file = named) => libraryOf(arch, file).loaders;
  expect(loaders("resnet18")).toEqual(["timm", "torchvision"]);
  expect(loaders("resnet18-small")).toEqual(["script"]);
  expect(libraryOf("timm:vit", named)).toEqual({ loaders: ["timm"], arguments: { img_size: 32 } });
  expect(loaders("torchvision:resnet18")).toEqual(["torchvision"]);
  expect(loaders("torchvision:resnet18", { named: false, arguments: {} })).toEqual(["script"]);
});

Deno.test("weights that nothing would build a network around are refused", () => {
  for (const arch of ["resnet18", "timm:vit", "torchvision:vit_b_16?pool=mean"]) checkWeights(arch);
  expect(() => checkWeights("hf:dinov2?pool=token")).toThrow(
    "Cannot export the weights of hf:dinov2?pool=token: it needs a network of timm, torchvision",
  );
});

Deno.test("of networks of clips the weights are exported, and no graph", () => {
  checkGraphs("r2plus1d-small", ["safetensors"]);
  checkGraphs("resnet18", ["onnx"]);
  expect(() => checkGraphs("r2plus1d-small", ["safetensors", "onnx"])).toThrow(
    "Cannot export r2plus1d-small as onnx: it needs a network of pictures, found one of clips.",
  );
});
