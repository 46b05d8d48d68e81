import { expect } from "expect";
import { libraryOf } from "../../src/export/library.ts";

Deno.test("each architecture has what builds it", () => {
  expect(libraryOf("resnet18")).toEqual({ model: "resnet18", loaders: ["timm", "torchvision"] });
  expect(libraryOf("resnet18-small")).toEqual({ model: "resnet18-small", loaders: ["script"] });
  expect(libraryOf("timm:vit:tiny")).toEqual({ model: "vit:tiny", loaders: ["timm"] });
  expect(libraryOf("torchvision:resnet18")).toEqual({
    model: "resnet18",
    loaders: ["torchvision"],
  });
});
