import { expect } from "expect";
import { emojiSets, heldOutGlyphSets, pretrainingSets } from "../../../src/data/icons/sets.ts";
import { iconTargets } from "../../../src/data/icons/targets/list.ts";
import type { DataServices } from "../../../src/data/services.ts";
import { inOrder, type Node, nodeKey } from "../../../src/pipeline/graph.ts";
import { toyWorld } from "./toy_run.ts";

type Options = Parameters<typeof toyWorld>[0];

/** Every node that a world offers, by id. */
function nodesOf(options: Options): Map<string, Node<string, DataServices>> {
  const { data, labels, targets } = toyWorld(options);
  const nodes = inOrder([
    data,
    ...Object.values(labels),
    ...Object.values(targets).flatMap(({ data, labels, parts }) => [data, labels, parts]),
  ]);
  return new Map(nodes.map((node) => [node.id, node]));
}

/** Keys, with an input's key in the place of the hash that it will have. */
function keysOf(options: Options): Map<string, string> {
  const keyOf = (node: Node<string, DataServices>): string =>
    nodeKey(
      node,
      Object.fromEntries(Object.entries(node.inputs).map(([name, at]) => [name, keyOf(at)])),
    );
  return new Map([...nodesOf(options)].map(([id, node]) => [id, keyOf(node)]));
}

/** Ids whose own config differs; what stands on them differs with them. */
function configsThatDiffer(a: Options, b: Options): string[] {
  const [before, after] = [nodesOf(a), nodesOf(b)];
  return [...before].filter(([id, { config }]) =>
    JSON.stringify(config) !== JSON.stringify(after.get(id)?.config)
  ).map(([id]) => id);
}

const rowsIds = [...new Set(iconTargets.map(({ icons }) => icons))].map(({ name }) =>
  `target.${name}`
);

Deno.test("every option that decides bytes is in the config of the node whose bytes it decides", () => {
  const base = { names: 20 };
  expect(configsThatDiffer(base, base)).toEqual([]);
  expect(configsThatDiffer(base, { ...base, images: 501 })).toEqual(["icons"]);
  expect(configsThatDiffer(base, { names: 21 })).toEqual(["icons"]);
  expect(configsThatDiffer(base, { ...base, targetSize: 41 }).sort()).toEqual(rowsIds.toSorted());
  const versions = { safetensors: "0.0.0" };
  expect(configsThatDiffer(base, { ...base, versions })).toEqual([...nodesOf(base).keys()]);
});

Deno.test("other images to pre-train on give every node another key, but those of the digits", () => {
  const [before, after] = [keysOf({ images: 500 }), keysOf({ images: 501 })];
  expect([...before].flatMap(([id, key]) => after.get(id) === key ? [id] : [])).toEqual([
    ...["target.digits", "target.digits.labels", "target.digits.parts"],
  ]);
});

Deno.test("no two nodes share a key", () => {
  const keys = [...keysOf({ names: 20 }).values()];
  expect(new Set(keys).size).toBe(keys.length);
});

Deno.test("a dataset's config holds the versions of each set it is drawn from and of the renderer", () => {
  const versionsOf = (id: string) => Object.keys(nodesOf({})?.get(id)?.config["versions"] ?? {});
  const packages = (sets: readonly { readonly name: string }[]) =>
    [...sets.map(({ name }) => `@iconify-json/${name}`), "sharp", "vips", "rsvg"].sort();
  expect(versionsOf("icons").sort()).toEqual(packages(pretrainingSets));
  expect(versionsOf("target.unseen-names").sort()).toEqual(packages(heldOutGlyphSets));
  expect(versionsOf("target.emoji-identity").sort()).toEqual(packages(emojiSets));
});

Deno.test("labels and parts of a target are those of its own rows, drawn with the seed of pre-training", () => {
  const { data, labels, targets: { digits: _, ...targets } } = toyWorld({ names: 20 });
  expect(labels["hashtags"]?.inputs).toEqual({ data });
  for (const [name, target] of Object.entries(targets)) {
    expect(target.name).toBe(name);
    expect(target.data.inputs["pretraining"]).toBe(data);
    expect(target.data.config["dataSeed"]).toBe(data.config["dataSeed"]);
    expect(target.labels.inputs["data"]).toBe(target.data);
    expect(target.labels.inputs["pretraining"]).toBe(data);
    expect(target.labels.config["target"]).toBe(name);
    expect(target.parts.inputs["data"]).toBe(target.data);
  }
});

Deno.test("targets that share their icons share one rendering: all-names asks more of held-out-families", () => {
  const { targets } = toyWorld();
  const [single, multi] = [targets["held-out-families"], targets["all-names"]];
  expect(multi?.data).toBe(single?.data);
  expect(multi?.parts).toBe(single?.parts);
  expect(multi?.labels).not.toBe(single?.labels);
  expect([multi?.metric, multi?.probe]).toEqual(["mAP", "one-vs-rest"]);
  expect([single?.metric, single?.probe]).toEqual(["top-1", "logistic"]);
});

Deno.test("aligned-names is offered with names only; the target of all layers always is", () => {
  const [plain, named] = [toyWorld(), toyWorld({ names: 20 })];
  const names = iconTargets.map(({ name }) => name);
  expect(Object.keys(named.targets)).toEqual([...names, "digits"]);
  expect(Object.keys(plain.targets)).toEqual(
    [...names, "digits"].filter((name) => name !== "aligned-names"),
  );
  expect(Object.keys(plain.targets)).toContain(plain.layerwiseTarget);
});

Deno.test("a target draws as many names or emoji as it states itself, unless the run says otherwise", () => {
  const sizes = (targetSize: number | null) =>
    rowsIds.map((id) => nodesOf({ names: 20, targetSize }).get(id)?.config["size"]);
  expect(sizes(7)).toEqual(rowsIds.map(() => 7));
  expect(sizes(null)).toEqual([null, null, null, 1000, 1000]);
});
