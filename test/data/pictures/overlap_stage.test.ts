import { expect } from "expect";
import { join } from "node:path";
import { countOverlap, readOverlap } from "../../../src/data/pictures/overlap_stage.ts";
import { writeDatasetCard } from "../../../src/data/dataset.ts";
import { planTarget } from "../../../src/data/pictures/target_plan.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { artifactIn } from "../toy_engine.ts";
import { classesOf, labelledCollection } from "./labelled_collection.ts";

/** An index of pictures by name, with what is in each. */
async function indexIn(dir: string, contents: Readonly<Record<string, string>>) {
  await Deno.mkdir(dir);
  const sources = Object.keys(contents);
  await writeDatasetCard(dir, { title: "t", rows: sources.length, sources });
  const lines = sources.map((name) => `${JSON.stringify({ name, sha256: contents[name] })}\n`);
  await Deno.writeTextFile(join(dir, "index.jsonl"), lines.join(""));
  return artifactIn(dir, "dataset");
}

Deno.test("test pictures are counted whose bytes are among those learned from, under any name", async () => {
  await using folder = await temporaryFolder();
  const dir = folder.path;
  const plan = planTarget("plants", labelledCollection(classesOf({ rose: 10, tulip: 10 })), 1);
  const { names } = plan.collection;
  const tested = names.filter((_, row) => plan.parts[row] === "test");
  const others = names.filter((_, row) => plan.parts[row] !== "test");
  const bad = tested[0]!; // it is in no index
  const contentOf = (name: string) => name === tested[1] ? "twin" : `bytes of ${name}`;
  const target = await indexIn(
    join(dir, "target"),
    Object.fromEntries(
      names.filter((name) => name !== bad).map((name) => [name, contentOf(name)]),
    ),
  );
  const data = await indexIn(join(dir, "data"), {
    "a/copy.jpg": "twin",
    "b/copy.jpg": "twin",
    [tested[2]!]: "other bytes",
    [others[0]!]: contentOf(others[0]!),
    [tested[3]!]: contentOf(tested[3]!),
  });
  const stage = countOverlap(plan);
  const files = await stage.run({
    ...{ config: { parts: "", versions: {} }, inputs: { data, target }, key: "", dir },
    ...{ services: {} as never, signal: new AbortController().signal },
    progress() {},
    damaged() {},
  });
  expect(files).toEqual(["overlap.json"]);
  expect(await readOverlap(artifactIn(dir, "overlap"))).toEqual({
    ...{ test: tested.length - 1, seen: 2 },
  });
});
