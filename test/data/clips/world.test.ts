import { expect } from "expect";
import { readMotions } from "../../../src/data/clips/cards.ts";
import { labelClips } from "../../../src/data/clips/labels_stage.ts";
import { motionOf, paintClip } from "../../../src/data/clips/paint.ts";
import { partClips } from "../../../src/data/clips/parts_stage.ts";
import { paintTarget } from "../../../src/data/clips/target_stage.ts";
import { clipWorld } from "../../../src/data/clips/world.ts";
import { imagesFile, readDataset } from "../../../src/data/dataset.ts";
import { readTargetCard } from "../../../src/data/icons/cards.ts";
import { readIconSet } from "../../../src/data/icons/read_set.ts";
import { render } from "../../../src/data/icons/render.ts";
import { heldOutGlyphSets, pretrainingSets } from "../../../src/data/icons/sets.ts";
import { labelsFile, readLabels } from "../../../src/data/labels.ts";
import { readParts } from "../../../src/data/parts.ts";
import { inOrder, node } from "../../../src/pipeline/graph.ts";
import { type Made, ToyRun } from "../icons/toy_run.ts";

const world = (images = 60) => clipWorld({ images, names: 30, targetSize: 6, versions: {} });

/** The class of each row, by name. */
async function named(made: Made<"labels">): Promise<readonly string[]> {
  const { names } = await readLabels(made.artifact);
  const labels = made.tensor(labelsFile, "labels").data as BigInt64Array;
  return Array.from(labels, (label) => names![Number(label)]!);
}

Deno.test("clips to pre-train on: each of an icon of its own, with noisy nouns, verbs or either", async () => {
  await using run = await ToyRun.in();
  const { data, labels } = world();
  const made = await run.make(data);
  const { data: pixels, shape } = made.tensor(imagesFile, "images");
  expect(shape).toEqual([60, 8, 32, 32, 3]);
  const { rows, frames, sources } = await readDataset(made.artifact);
  expect([rows, frames, new Set(sources).size]).toEqual([60, 8, 60]);
  expect(made.progress.at(-1)).toEqual({ done: 60, total: 60, unit: "clips" });

  const [set, name] = sources[5]!.split(":");
  const icons = await readIconSet(pretrainingSets.find((known) => known.name === set)!);
  const icon = icons.filter((known) => known.name === name);
  const [image] = await Array.fromAsync(render(icon, new AbortController().signal));
  const clip = paintClip(image!.pixels, {
    ...{ seed: 1, name: sources[5]!, motion: motionOf(1, sources[5]!) },
  });
  expect((pixels as Uint8Array).subarray(5 * clip.length, 6 * clip.length)).toEqual(clip);

  const [nouns, verbs, tags] = [
    await named(await run.make(labels["nouns"]!)),
    await named(await run.make(labels["verbs"]!)),
    await named(await run.make(labels["tags"]!)),
  ];
  expect(verbs).toEqual((await readMotions(made.artifact)).map(({ verb }) => verb));
  expect(verbs).toEqual(sources.map((source) => motionOf(1, source).verb));
  sources.forEach((source, row) => expect(source).toContain(nouns[row]));
  const drawn = tags.map((tag, row) =>
    tag === nouns[row] ? "noun" : tag === verbs[row] ? "verb" : ""
  );
  expect(drawn.filter((kind) => kind === "noun").length).toBeGreaterThan(15);
  expect(drawn.filter((kind) => kind === "verb").length).toBeGreaterThan(15);
  expect(drawn).not.toContain("");
});

Deno.test("targets share clips of held-out families: verbs, verbs with directions, nouns with verbs", async () => {
  await using run = await ToyRun.in();
  const { targets } = world();
  expect(Object.entries(targets).map(([name, { labels }]) => [name, labels.config["of"]]))
    .toEqual([["verbs", "verbs"], ["actions", "actions"], ["motions", "motions"]]);
  expect(new Set(Object.values(targets).map(({ data }) => data)).size).toBe(1);
  const clips = { train: 40, validation: 10, test: 20 };
  const rows = node(paintTarget, {
    ...{ id: "rows", title: "Rows", inputs: { pretraining: world().data } },
    config: { nouns: 6, clips, dataSeed: 1, versions: {} },
  });
  const made = await run.make(rows);
  expect(made.tensor(imagesFile, "images").shape).toEqual([70, 8, 32, 32, 3]);
  const { sources } = await readDataset(made.artifact);
  const { parts, chosen } = await readTargetCard(made.artifact);
  const sets = (split: string) => heldOutGlyphSets.filter(({ use }) => use === split);
  sources.forEach((source, row) =>
    expect(sets(parts[row]!).map(({ name }) => name)).toContain(source.split(":")[0])
  );
  expect(new Set(sources).size).toBe(70);
  expect(chosen.classes).toHaveLength(6);
  const labels = async (of: "verbs" | "motions" | "actions") =>
    await named(
      await run.make(node(labelClips, {
        ...{ id: `labels.${of}`, title: of, inputs: { data: rows } },
        config: { of, title: of, dataSeed: 1, versions: {} },
      })),
    );
  const happening = await readMotions(made.artifact);
  expect(await labels("motions")).toEqual(happening.map(({ name }) => name));
  expect(await labels("actions")).toEqual(
    happening.map(({ verb }, row) => `${chosen.classes[chosen.labels[row]!]} ${verb}`),
  );
  const parted = await run.make(node(partClips, {
    ...{ id: "parts", title: "Parts", inputs: { data: rows }, config: { versions: {} } },
  }));
  expect(await readParts(parted.artifact)).toEqual(clips);
});

Deno.test("every option is in the config of the node whose bytes it decides", () => {
  const configs = (images: number, targetSize: number | null, names: number | null = null) => {
    const { data, labels, targets } = clipWorld({
      images,
      names,
      targetSize,
      versions: { a: "1" },
    });
    const all = Object.values(targets).flatMap(({ data, labels, parts }) => [data, labels, parts]);
    return new Map(
      inOrder([data, ...Object.values(labels), ...all])
        .map(({ id, config }) => [id, JSON.stringify(config)]),
    );
  };
  const differ = (other: ReturnType<typeof configs>) =>
    [...configs(50, null)].flatMap(([id, config]) => other.get(id) === config ? [] : [id]);
  expect(differ(configs(51, null))).toEqual(["clips"]);
  expect(differ(configs(50, null, 10))).toEqual(["clips"]);
  expect(differ(configs(50, 7))).toEqual(["target.clips"]);
  expect(configs(50, null).get("target.clips")).toContain('"nouns":12');
  expect([...configs(50, null).values()].every((config) => config.includes('"a":"1"'))).toBe(true);
});
