import { expect } from "expect";
import { homedir } from "node:os";
import { resolve } from "node:path";
import { absolutePaths } from "../../src/steps/absolute_paths.ts";

Deno.test("paths become absolute: those of the home, those that begin as paths, those that exist", () => {
  expect(absolutePaths({
    data: "~/photos",
    ...{ teacher: "./net.safetensors", network: "~/net.safetensors" },
    target: { a: "src", b: "~", c: "shards-{000..010}.tar" },
    k: 3,
  })).toEqual({
    data: `${homedir()}/photos`,
    teacher: resolve("net.safetensors"),
    network: `${homedir()}/net.safetensors`,
    target: { a: resolve("src"), b: homedir(), c: resolve("shards-{000..010}.tar") },
    k: 3,
  });
});

Deno.test("the folder of a data set of the paper becomes absolute behind its name", () => {
  expect(absolutePaths({ data: "imagenet-1k:~/in", target: { voc07: "voc07:src" } })).toEqual({
    data: `imagenet-1k:${homedir()}/in`,
    target: { voc07: `voc07:${resolve("src")}` },
  });
});

Deno.test("names of data sets and networks stay as they are, and nothing is added", () => {
  const asked = { data: "icons", teacher: "timm:vit_small", network: "timm:resnet18" };
  expect(absolutePaths(asked)).toEqual(asked);
  expect(absolutePaths({})).toEqual({});
});
