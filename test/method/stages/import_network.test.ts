import { createHash } from "node:crypto";
import { expect } from "expect";
import { importNetwork } from "../../../src/method/stages/import_network.ts";
import { UserError } from "../../../src/pipeline/errors.ts";
import type { Preprocessing } from "../../../src/models/view.ts";
import { StageRun } from "./stage_run.ts";

const text = JSON.stringify({ origin: "elsewhere" });
const config = {
  ...{ arch: "resnet50", width: 64, heads: { labels: 1000 } },
  sha256: createHash("sha256").update(text).digest("hex"),
  versions: {},
};
const preprocessing: Preprocessing = {
  resize: 256,
  interpolation: "bicubic",
  mean: [0.5, 0.5, 0.5],
  std: [0.5, 0.5, 0.5],
};
const given = (path: string) => ({ path, layers: { layer4: 2, pooled: 3 }, preprocessing });

Deno.test("importNetwork() takes the named weights in, loads them once, and writes their card", async () => {
  await using stage = await StageRun.open();
  const path = stage.path("given.safetensors");
  await Deno.writeTextFile(path, text);
  const { files } = await stage.run(importNetwork(given(path)), config, {});
  expect(files).toEqual(["network.safetensors", "network.json"]);
  expect(await Deno.readTextFile(stage.path("network.safetensors"))).toBe(text);
  expect(await stage.json("network.json")).toEqual({
    ...{ arch: "resnet50", width: 64, heads: { labels: 1000 } },
    snippet: "load network.safetensors",
  });
  // weights that are none of such a network are refused here, where they are named
  expect(stage.engine.calls.map(({ name, args }) => [name, ...args])).toEqual([
    ["load", "elsewhere", { arch: "resnet50", width: 64 }],
  ]);
});

Deno.test("the card of another library's network says how many features it has", async () => {
  await using stage = await StageRun.open();
  const path = stage.path("given.safetensors");
  await Deno.writeTextFile(path, text);
  const foreign = { ...config, arch: "timm:toy", width: null };
  await stage.run(importNetwork(given(path)), foreign, {});
  expect(await stage.json("network.json")).toMatchObject({ arch: "timm:toy", features: 3 });
});

Deno.test("importNetwork() refuses weights other than those that the run was planned with", async () => {
  await using stage = await StageRun.open();
  const path = stage.path("given.safetensors");
  await Deno.writeTextFile(path, text.replace("else", "some"));
  const run = stage.run(importNetwork(given(path)), config, {});
  await expect(run).rejects.toThrow(UserError);
  await expect(run).rejects.toThrow(
    `Cannot import the network ${path}: it needs the weights with SHA-256 ${config.sha256}, found `,
  );
  expect(stage.engine.calls).toEqual([]);
});
