import { createHash } from "node:crypto";
import { expect } from "expect";
import { imagesSchema, targetSchema } from "../../../src/data/artifacts.ts";
import { pretrainingIcons, targetIcons, targetNames } from "../../../src/data/icons/choices.ts";
import { allTokensOf } from "../../../src/data/icons/names.ts";
import { pictureBytes } from "../../../src/data/icons/render.ts";
import { iconSets } from "../../../src/data/icons/sets.ts";
import type { HostArray } from "../../../src/data/services.ts";
import { splits } from "../../../src/data/split.ts";
import { UserError } from "../../../src/pipeline/errors.ts";
import { type CpuTime, limits, watchTurns, worse } from "../../watch_turns.ts";
import { type Ran, ToyRun } from "./toy_run.ts";

const digests = (images: HostArray) =>
  Array.from({ length: images.shape[0] ?? 0 }, (_, row) => {
    const bytes = images.data.subarray(row * pictureBytes, (row + 1) * pictureBytes);
    return createHash("sha256").update(bytes as Uint8Array).digest("hex");
  });

const tensor = (ran: Ran, file: string, name: string): HostArray => {
  const found = ran.tensors.get(file)?.[name];
  if (!found) throw new Error(`${file} has no ${name}`);
  return found;
};

const familyOf = (source: string) =>
  iconSets.find(({ name }) => name === source.split(":")[0])?.family;

Deno.test("pre-training pictures: N of 32 x 32 x 3 bytes, each once, each with a hashtag", async () => {
  await using run = await ToyRun.in();
  const ran = await run.pretraining(500);
  const card = imagesSchema.parse(JSON.parse(ran.json));
  expect(ran.files).toEqual(["images.safetensors", "images.json"]);
  const images = tensor(ran, "images.safetensors", "images");
  expect(images.shape).toEqual([500, 32, 32, 3]);
  expect(digests(images)).toEqual(card.rows.map(({ digest }) => digest));
  expect(new Set(digests(images)).size).toBe(500);
  const labels = [...tensor(ran, "images.safetensors", "labels").data].map(Number);
  labels.forEach((label, row) => {
    expect(card.rows[row]?.source.split(/[:-]/)).toContain(card.classes[label]);
  });
  expect(ran.progress.at(-1)).toEqual({ done: 500, total: 500, unit: "icons" });
});

Deno.test("the same command gives the same bytes, and a smaller draw is the start of a larger", async () => {
  await using first = await ToyRun.in();
  await using second = await ToyRun.in();
  const [a, b] = [await first.pretraining(200), await second.pretraining(200)];
  expect(b).toEqual(a);
  for (const target of targetNames) {
    expect(await second.target(target, 10)).toEqual(await first.target(target, 10));
  }
  const fewer = imagesSchema.parse(JSON.parse((await second.pretraining(100)).json));
  expect(imagesSchema.parse(JSON.parse(a.json)).rows.slice(0, 100)).toEqual(fewer.rows);
});

for (const target of targetNames) {
  Deno.test(`${target}: no picture is in two parts or in pre-training, labels fit the classes`, async () => {
    await using run = await ToyRun.in();
    const pretraining = imagesSchema.parse(JSON.parse((await run.pretraining(500)).json));
    const ran = await run.target(target, 40);
    const card = targetSchema.parse(JSON.parse(ran.json));
    const all = [
      ...pretraining.rows.map(({ digest }) => digest),
      ...splits.flatMap((split) => digests(tensor(ran, `${split}.safetensors`, "images"))),
    ];
    expect(new Set(all).size).toBe(all.length);
    for (const split of splits) {
      const { shape } = tensor(ran, `${split}.safetensors`, "images");
      expect(shape).toEqual([card[split], 32, 32, 3]);
      expect(card.sources[split].length).toBe(card[split]);
      for (const label of tensor(ran, `${split}.safetensors`, "labels").data) {
        expect(card.classes[Number(label)]).toBeDefined();
      }
    }
    const families = new Set(pretraining.rows.map(({ source }) => familyOf(source)));
    const overlap = splits.flatMap((split) => card.sources[split].map(familyOf))
      .filter((family) => families.has(family));
    expect(overlap).toEqual([]);
  });
}

Deno.test("the names that are never seen are in no name and no alias of a pre-training icon", async () => {
  const { icons, seen } = await pretrainingIcons({ seed: 1, icons: Infinity });
  const target = { target: "unseen-names", seed: 1, size: null, seen } as const;
  const { classes } = await targetIcons(target);
  const tokens = new Set(icons.flatMap(allTokensOf));
  expect(classes.length).toBeGreaterThan(100);
  expect(classes.filter((name) => tokens.has(name))).toEqual([]);
});

Deno.test("the event loop turns at every 100 ms of computing while icons are chosen and rendered", async () => {
  await using run = await ToyRun.in();
  await run.pretraining(50); // modules are loaded
  let worst: CpuTime | undefined;
  using _watch = watchTurns((used) => worst = worse(used, worst));
  await run.pretraining(500);
  await run.target("emoji-identity", 50);
  expect(worst?.thread).toBeLessThan(limits.thread);
});

Deno.test("more pictures than there are is a mistake that says how many there are", async () => {
  await using run = await ToyRun.in();
  const error = await run.pretraining(1_000_000).catch((error) => error);
  expect(error).toBeInstanceOf(UserError);
  expect(error.message).toMatch(/the icon sets have \d{5}\. Ask for at most that many/);
});

Deno.test("an abort stops a stage with its reason, while choosing and while rendering", async () => {
  const before = new AbortController();
  const reason = new Error("stopped by hand");
  await using run = await ToyRun.in(before.signal);
  setTimeout(() => before.abort(reason));
  await expect(run.pretraining(12_000)).rejects.toBe(reason);
  const during = new AbortController();
  await using other = await ToyRun.in(during.signal, () => during.abort(reason));
  await expect(other.pretraining(12_000)).rejects.toBe(reason);
});
