import { homedir } from "node:os";
import { expect } from "expect";
import { extrasOfNetwork, parseNetworkSpec } from "../../src/networks/spec.ts";

const parse = (text: string) => parseNetworkSpec(text, "/here");

Deno.test("a network is named by its library, its name and what follows @", () => {
  expect(parse("efficientnet-lite0")).toEqual({ kind: "efficientnet" });
  expect(parse("torchvision:resnet50")).toEqual({
    kind: "torchvision",
    arch: "torchvision:resnet50",
    weights: null,
  });
  expect(parse("torchvision:resnet50@IMAGENET1K_V2")).toMatchObject({ weights: "IMAGENET1K_V2" });
  expect(parse("timm:vit_small_patch14_dinov2.lvd142m?pool=mean")).toEqual({
    kind: "timm",
    arch: "timm:vit_small_patch14_dinov2.lvd142m?pool=mean",
    file: null,
  });
  expect(parse("timm:resnet26d@weights/a.pth")).toEqual({
    kind: "timm",
    arch: "timm:resnet26d",
    file: "/here/weights/a.pth",
  });
});

Deno.test("of transformers, a repository stays as it is and a folder is found from here", () => {
  expect(parse("hf:facebook/dinov2-small?pool=token")).toEqual({
    kind: "hf",
    place: "facebook/dinov2-small",
    pool: "token",
  });
  expect(parse("hf:./dino")).toEqual({ kind: "hf", place: "/here/dino", pool: null });
});

Deno.test("anything with a dot or a slash is a file or a folder", () => {
  expect(parse("teacher.safetensors")).toEqual({
    kind: "file",
    path: "/here/teacher.safetensors",
  });
  expect(parse("exports/student")).toEqual({ kind: "file", path: "/here/exports/student" });
  expect(parse("~/net.safetensors")).toEqual({
    kind: "file",
    path: `${homedir()}/net.safetensors`,
  });
});

for (const name of ["moco.pth.tar", "mine.pt2"]) {
  Deno.test(`a checkpoint of PyTorch is refused with the command that imports it: ${name}`, () => {
    const words =
      "found one that may run code when it is opened. Import its weights first: deno task";
    expect(() => parse(name)).toThrow(`${words} clusterfit import-checkpoint ${name} `);
  });
}

Deno.test("anything else is refused with what can be named", () => {
  expect(() => parse("resnet50")).toThrow(/Cannot take the network "resnet50": it needs torchvi/);
  expect(() => parse("efficientnet-lit0")).toThrow(/Did you mean efficientnet-lite0\?$/);
  expect(() => parse("keras:resnet50")).toThrow(/found none of them/);
});

Deno.test("only what a network needs is installed for it", () => {
  const extras = (text: string) => extrasOfNetwork(parse(text));
  expect(extras("torchvision:resnet50")).toEqual([]);
  expect(extras("timm:resnet26d")).toEqual(["timm"]);
  expect(extras("efficientnet-lite0")).toEqual(["efficientnet", "timm"]);
  expect(extras("hf:a/b")).toEqual(["transformers"]);
});
