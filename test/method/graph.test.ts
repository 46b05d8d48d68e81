import { expect } from "expect";
import { defaultConfig, parseConfig } from "../../src/method/config.ts";
import { buildGraph } from "../../src/method/graph.ts";
import type { Resolved } from "../../src/method/resolve.ts";
import { inOrder, nodeKey } from "../../src/pipeline/graph.ts";

const resolved: Resolved = {
  device: "cpu",
  precision: "float32",
  threads: 1,
  workers: 2,
  kmeans: "faiss",
};
const versions = { torch: "2.13.0", torchvision: "0.28.0", faiss: "1.15.1", safetensors: "0.8.0" };

/** Node id -> key, as if every input had the hash of its own key. */
function keys(installed = versions, config = defaultConfig): Record<string, string> {
  const found: Record<string, string> = {};
  for (const node of inOrder(buildGraph(config, resolved, installed))) {
    const inputs = Object.entries(node.inputs).map(([name, { id }]) => [name, `hash of ${id}`]);
    found[node.id] = nodeKey(node, Object.fromEntries(inputs));
  }
  return found;
}

/** Ids of the nodes whose own key another version changes. */
function changedBy(change: Partial<typeof versions>): string[] {
  const [before, after] = [keys(), keys({ ...versions, ...change })];
  return Object.keys(before).filter((id) => before[id] !== after[id]);
}

const trained = ["seed-0.npre", "seed-0.npre2x", "seed-0.ncf"];
const probed = trained.map((id) => `${id}-transfer`);

Deno.test("another PyTorch changes the key of all that computes with it", () => {
  const computed = [...trained, ...probed, "seed-0.features", "seed-0.clusters"];
  expect(changedBy({ torch: "2.14.1" }).sort()).toEqual(computed.sort());
});

Deno.test("another FAISS changes the key of the clustering alone", () => {
  expect(changedBy({ faiss: "1.16.0" })).toEqual(["seed-0.clusters"]);
});

Deno.test("another safetensors changes the key of all that writes tensors", () => {
  const data = Object.keys(keys()).filter((id) => id === "icons" || id.startsWith("target."));
  const written = [...data, ...trained, "seed-0.features", "seed-0.clusters"];
  expect(data.length).toBe(5);
  expect(changedBy({ safetensors: "0.9.0" }).sort()).toEqual(written.sort());
});

Deno.test("the pictures' keys name the packages that they are drawn from, and no others", () => {
  const nodes = inOrder(buildGraph(defaultConfig, resolved, versions));
  const packages = (id: string) =>
    Object.keys(nodes.find((node) => node.id === id)!.config["versions"] as object);
  expect(packages("icons")).toEqual(expect.arrayContaining(["@iconify-json/mdi", "sharp", "rsvg"]));
  expect(packages("icons")).not.toContain("@iconify-json/noto");
  expect(packages("target.emoji-identity")).toContain("@iconify-json/noto");
  expect(packages("target.unseen-names")).toContain("@iconify-json/carbon");
  expect(packages("seed-0.sheet")).toEqual(["sharp", "vips"]);
});

Deno.test("the order of the targets, which is that of the scores, is in the key", () => {
  const nodes = inOrder(buildGraph(defaultConfig, resolved, versions));
  expect(nodes.find(({ id }) => id === "seed-0.ncf-transfer")!.config["targets"]).toEqual([
    "held-out-families",
    "unseen-names",
    "emoji-identity",
    "emoji-category",
  ]);
});

Deno.test("buildGraph() needs every version that decides something", () => {
  const { faiss: _, ...some } = versions;
  expect(() => buildGraph(defaultConfig, resolved, some)).toThrow("the version of faiss");
});

Deno.test("the seeds of a run share its data, and nothing else", () => {
  const one = keys(versions, parseConfig({ seeds: [1] }));
  const two = keys(versions, parseConfig({ seeds: [1, 2] }));
  expect(one["icons"]).toBe(two["icons"]);
  expect(one["seed-1.ncf"]).toBe(two["seed-1.ncf"]);
  expect(two["seed-1.ncf"]).not.toBe(two["seed-2.ncf"]);
});
