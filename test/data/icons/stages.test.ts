import { createHash } from "node:crypto";
import { expect } from "expect";
import { imagesFile, readDataset } from "../../../src/data/dataset.ts";
import { readPretrainingCard, readTargetCard } from "../../../src/data/icons/cards.ts";
import { pretrainingIcons, targetIcons } from "../../../src/data/icons/choices.ts";
import { type Icon, iconId } from "../../../src/data/icons/icon.ts";
import { allTokensOf, tokensOf } from "../../../src/data/icons/names.ts";
import { readIconSet } from "../../../src/data/icons/read_set.ts";
import { imageBytes } from "../../../src/data/icons/render.ts";
import { renderPretraining } from "../../../src/data/icons/pretraining_stage.ts";
import { emojiSets, heldOutGlyphSets, iconSets } from "../../../src/data/icons/sets.ts";
import { labelsFile, readLabels } from "../../../src/data/labels.ts";
import { partsFile, readParts, rowsOf } from "../../../src/data/parts.ts";
import type { HostArray } from "../../../src/data/services.ts";
import { splits } from "../../../src/data/split.ts";
import type { Target } from "../../../src/data/target.ts";
import { node } from "../../../src/pipeline/graph.ts";
import { UserError } from "../../../src/pipeline/errors.ts";
import { type CpuTime, limits, watchTurns, worse } from "../../watch_turns.ts";
import { type Made, ToyRun, toyWorld } from "./toy_run.ts";

const digestsOf = (images: HostArray) =>
  Array.from({ length: images.shape[0] ?? 0 }, (_, row) => {
    const bytes = images.data.subarray(row * imageBytes, (row + 1) * imageBytes);
    return createHash("sha256").update(bytes as Uint8Array).digest("hex");
  });

const setOf = (source: string) => iconSets.find(({ name }) => name === source.split(":")[0]);

async function iconsById(sets: readonly (typeof iconSets)[number][]): Promise<Map<string, Icon>> {
  const icons = (await Promise.all(sets.map(readIconSet))).flat();
  return new Map(icons.map((icon) => [iconId(icon), icon]));
}

/** Everything that a target's artifacts say, row by row. */
async function read(run: ToyRun, target: Target) {
  const [data, labels, parts] = [
    await run.make(target.data),
    await run.make(target.labels),
    await run.make(target.parts),
  ];
  const { rows, sources } = await readDataset(data.artifact);
  const { kind, classes, names } = await readLabels(labels.artifact);
  const images = data.tensor(imagesFile, "images");
  const { data: values, shape } = labels.tensor(labelsFile, "labels");
  expect(images.shape).toEqual([rows, 32, 32, 3]);
  expect(shape).toEqual(kind === "single" ? [rows] : [rows, classes]);
  const named = Array.from(
    { length: rows },
    (_, row) =>
      kind === "single"
        ? [names?.[Number(values[row])]]
        : names?.filter((_, at) => values[row * classes + at]) ?? [],
  );
  const part = parts.tensor(partsFile, "part");
  expect(part.shape).toEqual([rows]);
  const counts = await readParts(parts.artifact);
  const partOf = [...part.data].map((index) => splits[Number(index)]);
  for (const split of splits) {
    expect(rowsOf(split, part.data as Uint8Array).length).toBe(counts[split]);
  }
  return { rows, sources, kind, names: names ?? [], digests: digestsOf(images), named, partOf };
}

const targetOf = (world: ReturnType<typeof toyWorld>, name: string): Target => {
  const target = world.targets[name];
  if (!target) throw new Error(`no target ${name}`);
  return target;
};

Deno.test("pre-training images: N of 32 x 32 x 3 bytes, each once, each with its own hashtag", async () => {
  await using run = await ToyRun.in();
  // The first image that is drawn twice is no. 2803: fluent:add-12-regular looks like an earlier icon.
  const rows = 2804;
  const world = toyWorld({ images: rows });
  const data = await run.make(world.data);
  expect(data.files).toEqual([imagesFile, "dataset.json", "icons.json"]);
  expect(data.progress.at(-1)).toEqual({ done: rows, total: rows, unit: "icons" });
  const images = data.tensor(imagesFile, "images");
  expect(images.shape).toEqual([rows, 32, 32, 3]);
  const { digests } = await readPretrainingCard(data.artifact);
  expect(digestsOf(images)).toEqual(digests);
  expect(new Set(digests).size).toBe(rows);

  const { sources } = await readDataset(data.artifact);
  expect(sources).not.toContain("fluent:add-12-regular");
  const hashtags = world.labels["hashtags"];
  if (!hashtags) throw new Error("no hashtags");
  const labels = await run.make(hashtags);
  const { kind, rows: labelled, names } = await readLabels(labels.artifact);
  expect([kind, labelled]).toEqual(["single", rows]);
  const { data: values } = labels.tensor(labelsFile, "labels");
  const strays = sources.filter((source, row) =>
    !tokensOf(source.split(":")[1] ?? "").includes(names?.[Number(values[row])] ?? "")
  );
  expect(strays).toEqual([]);
});

Deno.test("another seed of the data draws other images and holds out other words", async () => {
  const drawn = async (dataSeed: number) => {
    await using run = await ToyRun.in();
    const data = await run.make(node(renderPretraining, {
      ...{ id: "icons", title: "Icons", inputs: {} },
      config: { images: 20, names: null, dataSeed, versions: {} },
    }));
    const { seen } = await readPretrainingCard(data.artifact);
    return { ...await readDataset(data.artifact), seen: Object.keys(seen) };
  };
  const [one, two] = [await drawn(1), await drawn(2)];
  expect(one.sources).not.toEqual(two.sources);
  expect(one.seen).not.toEqual(two.seen);
});

Deno.test("with names, each image carries one of the n commonest, and these are the classes", async () => {
  await using run = await ToyRun.in();
  const world = toyWorld({ names: 20, images: 200 });
  const { hashtags, seen } = await readPretrainingCard((await run.make(world.data)).artifact);
  const { sources } = await readDataset((await run.make(world.data)).artifact);
  expect(hashtags.names.length).toBe(20);
  const limit = Math.min(...hashtags.names.map((name) => seen[name] ?? 0));
  expect(limit).toBeGreaterThan(300);
  sources.forEach((source, row) => {
    const tag = hashtags.names[hashtags.labels[row] ?? -1];
    expect(tokensOf(source.split(":")[1] ?? "")).toContain(tag);
  });
});

Deno.test("the same options give the same bytes, and a smaller draw is the start of a larger", async () => {
  await using first = await ToyRun.in();
  await using second = await ToyRun.in();
  const world = toyWorld({ images: 200, targetSize: 10 });
  const bytes = async (made: Made<"dataset">) => ({
    images: digestsOf(made.tensor(imagesFile, "images")),
    cards: await Promise.all(
      ["dataset.json", "icons.json"].map((file) => Deno.readTextFile(made.artifact.file(file))),
    ),
  });
  for (const data of [world.data, targetOf(world, "unseen-names").data]) {
    expect(await bytes(await second.make(data))).toEqual(await bytes(await first.make(data)));
  }
  await using third = await ToyRun.in();
  const fewer = await bytes(await third.make(toyWorld({ images: 100 }).data));
  const more = await bytes(await first.make(world.data));
  expect(more.images.slice(0, 100)).toEqual(fewer.images);
});

/** What a row of each target has to be labelled with, and where its set alone says its part. */
const expectations: Readonly<
  Record<string, { sets: typeof iconSets; bySet: boolean; labels: (icon: Icon) => unknown }>
> = {
  "held-out-families": {
    sets: heldOutGlyphSets,
    bySet: true,
    labels: ({ name }) => [tokensOf(name)[0]],
  },
  "unseen-names": {
    sets: heldOutGlyphSets,
    bySet: true,
    labels: ({ name }) => [tokensOf(name)[0]],
  },
  // One vendor's names and categories stand for all: these rows can be told.
  "emoji-identity": {
    sets: emojiSets,
    bySet: true,
    labels: ({ set, name }) => set === "noto" ? [name] : undefined,
  },
  "emoji-category": {
    sets: emojiSets,
    bySet: false,
    labels: ({ set, category }) => set === "noto" ? [category] : undefined,
  },
};

for (const [name, { sets, bySet, labels }] of Object.entries(expectations)) {
  Deno.test(`${name}: a row has the label and the part of its icon; no image is there twice`, async () => {
    await using run = await ToyRun.in();
    const world = toyWorld();
    const target = await read(run, targetOf(world, name));
    const icons = await iconsById(sets);
    target.sources.forEach((source, row) => {
      const icon = icons.get(source);
      if (!icon) throw new Error(`${source} is in no set of the target`);
      const expected = labels(icon);
      if (expected !== undefined) expect(target.named[row]).toEqual(expected);
      if (bySet) expect(target.partOf[row]).toBe(setOf(source)?.use);
    });
    const order = target.partOf.map((part) => splits.indexOf(part ?? "train"));
    expect(order).toEqual(order.toSorted());
    const pretraining = (await run.make(world.data)).artifact;
    const { digests } = await readPretrainingCard(pretraining);
    const all = [...digests, ...target.digests];
    expect(new Set(all).size).toBe(all.length);
    const { sources } = await readDataset(pretraining);
    const families = new Set(sources.map((source) => setOf(source)?.family));
    expect(target.sources.filter((source) => families.has(setOf(source)?.family))).toEqual([]);
  });
}

Deno.test("all-names: a row has each class that its icon carries in a name or an alias, and no other; of equal images the earlier part keeps one", async () => {
  await using run = await ToyRun.in();
  const world = toyWorld({ targetSize: null });
  const target = await read(run, targetOf(world, "all-names"));
  const icons = await iconsById(heldOutGlyphSets);
  expect(target.kind).toBe("multi");
  expect(target.names.length).toBeGreaterThan(50);
  const expected = target.sources.map((source) => {
    const icon = icons.get(source);
    const tokens = icon ? allTokensOf(icon) : [];
    return target.names.filter((name) => tokens.includes(name));
  });
  expect(target.named).toEqual(expected);
  expect(expected.some((names) => names.length > 2)).toBe(true);

  // hugeicons:add-circle (train) and iconoir:plus-circle (validation) are the same image.
  expect(new Set(target.digests).size).toBe(target.rows);
  expect(target.sources).toContain("hugeicons:add-circle");
  expect(target.sources).not.toContain("iconoir:plus-circle");
});

Deno.test("aligned-names: the classes are the hashtags of pre-training, and a row carries one only", async () => {
  await using run = await ToyRun.in();
  const world = toyWorld({ names: 20, targetSize: null });
  const target = await read(run, targetOf(world, "aligned-names"));
  const { hashtags } = await readPretrainingCard((await run.make(world.data)).artifact);
  const icons = await iconsById(heldOutGlyphSets);
  expect(target.names.length).toBeGreaterThan(10);
  const carried = target.sources.map((source) => {
    const icon = icons.get(source);
    return icon ? allTokensOf(icon).filter((token) => hashtags.names.includes(token)) : [];
  });
  expect(target.named).toEqual(carried);
  target.sources.forEach((source, row) => expect(target.partOf[row]).toBe(setOf(source)?.use));
});

Deno.test("an image of pre-training is not in a target", async () => {
  await using run = await ToyRun.in();
  const world = toyWorld({ targetSize: 20 });
  const { data } = targetOf(world, "unseen-names");
  const before = await run.make(data);
  const rows = (await readDataset(before.artifact)).rows;
  const known = digestsOf(before.tensor(imagesFile, "images")).filter((_, row) => row % 3 === 0);

  // The same target beside a pre-training that has every third of its images.
  await using again = await ToyRun.in();
  const { artifact } = await again.make(world.data);
  const card = await readPretrainingCard(artifact);
  const digests = [...card.digests, ...known];
  await Deno.writeTextFile(artifact.file("icons.json"), JSON.stringify({ ...card, digests }));
  const after = await again.make(data);
  const left = digestsOf(after.tensor(imagesFile, "images"));
  expect(left.length).toBe(rows - known.length);
  expect(left.filter((digest) => known.includes(digest))).toEqual([]);
  expect((await readTargetCard(after.artifact)).parts.length).toBe(left.length);
});

Deno.test("the names that are never seen are in no name and no alias of a pre-training icon", async () => {
  const draw = { seed: 1, names: null, icons: Infinity };
  const { icons, seen } = await pretrainingIcons(draw);
  const { classes } = await targetIcons({
    ...{ icons: "unseen-names", seed: 1, size: null, hashtags: [] },
    seen: new Map(Object.entries(seen)),
  });
  const tokens = new Set(icons.flatMap(allTokensOf));
  expect(classes.length).toBeGreaterThan(100);
  expect(classes.filter((name) => tokens.has(name))).toEqual([]);
});

Deno.test("the event loop turns at every 100 ms of computing while icons are chosen and rendered", async () => {
  await using warm = await ToyRun.in();
  await warm.make(toyWorld({ images: 50 }).data); // modules are loaded
  await using run = await ToyRun.in();
  let worst: CpuTime | undefined;
  using _watch = watchTurns((used) => worst = worse(used, worst));
  await run.make(targetOf(toyWorld(), "emoji-identity").labels);
  expect(worst?.thread).toBeLessThan(limits.thread);
});

Deno.test("more images than there are is a mistake that says how many there are", async () => {
  await using run = await ToyRun.in();
  const error = await run.make(toyWorld({ images: 1_000_000 }).data).catch((error) => error);
  expect(error).toBeInstanceOf(UserError);
  expect(error.message).toMatch(/it needs 1000000 different ones, found \d{5}.* at most that many/);
});

Deno.test("an abort stops a stage with its reason, while choosing and while rendering", async () => {
  const before = new AbortController();
  const reason = new Error("stopped by hand");
  await using run = await ToyRun.in(before.signal);
  setTimeout(() => before.abort(reason));
  await expect(run.make(toyWorld({ images: 12_000 }).data)).rejects.toBe(reason);
  const during = new AbortController();
  await using other = await ToyRun.in(during.signal, () => during.abort(reason));
  await expect(other.make(toyWorld({ images: 12_000 }).data)).rejects.toBe(reason);
});
