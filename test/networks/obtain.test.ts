import { basename, join } from "node:path";
import { expect } from "expect";
import type { Engine, Imported } from "../../src/engine/engine.ts";
import { obtainNetwork } from "../../src/networks/obtain.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { safetensors } from "./safetensors.ts";

const metadata = {
  arch: "timm:test_vit",
  width: null,
  heads: { unused: 2 },
  size: 160,
  preprocessing: { resize: 168, interpolation: "bicubic", mean: [0, 0, 0], std: [1, 1, 1] },
  layers: [["stages.3", 8], ["pooled", 8]],
  title: "a network",
  licence: null,
  notes: [],
};
const told: Imported = {
  ...{ arch: "timm:test_vit", layout: "a state_dict", weights: 1, heads: [], others: {} },
  notes: [],
};

/** A folder, and an engine that writes a network of that metadata and records what it was asked for. */
async function workplace(written: Record<string, unknown> = metadata) {
  const folder = await temporaryFolder();
  const asked: unknown[][] = [];
  const installed: string[] = [];
  const importing = (name: string, out: number) => async (...given: unknown[]) => {
    asked.push([name, ...given.filter((one, at) => at !== out && typeof one !== "object")]);
    await Deno.writeFile(String(given[out]), safetensors(written));
    return told;
  };
  const pretrained: Engine["pretrained"] = {
    fromCheckpoint: importing("checkpoint", 2),
    fromEfficientNet: importing("efficientnet", 0),
    fromFolder: importing("folder", 1),
    fromTimm: importing("timm", 2),
    fromTorchvision: importing("torchvision", 2),
    fromTransformers: importing("transformers", 2),
  };
  return {
    ...{ folder: folder.path, asked, installed },
    cache: join(folder.path, "networks"),
    obtain: (text: string, preprocessing: string | null = null) =>
      obtainNetwork(() => Promise.resolve({ pretrained }), text, {
        ...{ folder: folder.path, cache: join(folder.path, "networks"), preprocessing },
        install: (extras) => Promise.resolve(void installed.push(...extras)),
      }),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

Deno.test("a network is converted once, and is the kept file from then on", async () => {
  await using at = await workplace();
  const first = await at.obtain("timm:test_vit?size=64");
  expect(first).toMatchObject({ title: "a network", size: 160, heads: { unused: 2 } });
  expect(Object.keys(first.layers)).toEqual(["stages.3", "pooled"]); // in their order
  expect(basename(first.path)).toBe(
    `timm-test_vit-size-64-${first.sha256.slice(0, 16)}.safetensors`,
  );
  expect(await at.obtain("timm:test_vit?size=64")).toEqual(first);
  expect(at.asked).toEqual([["timm", "timm:test_vit?size=64"]]);
  expect(at.installed).toEqual(["timm", "timm"]);
  expect((await Array.fromAsync(Deno.readDir(at.cache))).length).toBe(1);
});

Deno.test("a kept file that is damaged is made again", async () => {
  await using at = await workplace();
  const { path } = await at.obtain("torchvision:resnet18");
  const good = await Deno.readFile(path);
  const damaged = good.slice();
  damaged[damaged.length - 1]! ^= 1;
  await Deno.writeFile(path, damaged);
  await at.obtain("torchvision:resnet18");
  expect(at.asked.length).toBe(2);
  expect(await Deno.readFile(path)).toEqual(good);
});

Deno.test("what is in a file may be other weights tomorrow: it is converted each time", async () => {
  await using at = await workplace();
  await Deno.writeTextFile(join(at.folder, "mine.pth"), "");
  await at.obtain("timm:test_vit@mine.pth");
  await at.obtain("timm:test_vit@mine.pth");
  const asked = ["timm", "timm:test_vit", join(at.folder, "mine.pth")];
  expect(at.asked).toEqual([asked, asked]);
});

Deno.test("what a user says of preprocessing is asked for anew", async () => {
  await using at = await workplace();
  await at.obtain("efficientnet-lite0");
  await at.obtain("efficientnet-lite0", "imagenet");
  expect(at.asked.length).toBe(2);
});

Deno.test("a file of ours is taken as it is, without the engine", async () => {
  await using at = await workplace();
  const path = join(at.folder, "teacher.safetensors");
  await Deno.writeFile(path, safetensors(metadata));
  const found = await at.obtain("teacher.safetensors");
  expect(found.path).toBe(path);
  expect(at.asked).toEqual([]);
  expect(at.installed).toEqual(["timm"]);
});

Deno.test("a file without metadata needs timm's config beside it", async () => {
  await using at = await workplace();
  const path = join(at.folder, "model.safetensors");
  await Deno.writeFile(path, safetensors(undefined));
  await expect(at.obtain("./model.safetensors")).rejects.toThrow(
    /needs metadata of clusterfit, or a config\.json of timm's beside it.*import-checkpoint/s,
  );
  await Deno.writeTextFile(join(at.folder, "config.json"), "{}");
  await at.obtain("./model.safetensors");
  expect(at.asked).toEqual([["folder", at.folder]]);
});

Deno.test("a file that is no safetensors file is told, and nothing is kept of a failure", async () => {
  await using at = await workplace({});
  await Deno.writeTextFile(join(at.folder, "text.safetensors"), "hello, world, this is text");
  await expect(at.obtain("text.safetensors")).rejects.toThrow(/needs a whole safetensors file/);
  await expect(at.obtain("gone.safetensors")).rejects.toThrow(/found nothing at .*gone/);
  await expect(at.obtain("torchvision:resnet18")).rejects.toThrow(/no metadata/);
  expect(await Array.fromAsync(Deno.readDir(at.cache))).toEqual([]);
});

Deno.test("preprocessing that is not understood is told before anything is fetched", async () => {
  await using at = await workplace();
  await expect(at.obtain("efficientnet-lite0", "mine.json")).rejects.toThrow(/found no such file/);
  await Deno.writeTextFile(join(at.folder, "mine.json"), `{ "size": 224 }`);
  await expect(at.obtain("efficientnet-lite0", "mine.json")).rejects.toThrow(
    /Cannot take the preprocessing mine\.json: it needs size, resize/,
  );
  expect(at.asked).toEqual([]);
});
