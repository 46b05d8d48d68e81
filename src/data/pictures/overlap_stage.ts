/** Stage: how many pictures that a target tests on are among those that a run learns from, by their content. */
import { z } from "zod";
import { readCard, writeCard } from "../../pipeline/card.ts";
import { type Node, node } from "../../pipeline/graph.ts";
import { readLines } from "../../pipeline/jsonl.ts";
import { type Artifact, defineStage, type Stage } from "../../pipeline/stage.ts";
import type { DataServices } from "../services.ts";
import type { Target } from "../target.ts";
import { indexFile } from "./indexed.ts";
import { partsConfig, type PicturePartsConfig } from "./parts_stage.ts";
import { survivors } from "./survivors.ts";
import type { TargetPlan } from "./target_plan.ts";

const overlapFile = "overlap.json";

const overlapSchema = z.object({
  /** Pictures of the test part. */
  test: z.int().positive(),
  /** Of these, those whose bytes are those of a picture that is learned from. */
  seen: z.int().nonnegative(),
});
export type Overlap = z.infer<typeof overlapSchema>;

type Inputs = { readonly data: "dataset"; readonly target: "dataset" };

/** `data`: what is learned from. */
export function overlapNode(
  plan: TargetPlan,
  data: Node<"dataset", DataServices>,
  target: Target,
  versions: PicturePartsConfig["versions"],
): Node<"overlap", DataServices> {
  return node(countOverlap(plan), {
    id: `target.${plan.name}.overlap`,
    title: `Look for test pictures that are learned from: ${plan.name}`,
    config: partsConfig(plan, versions),
    inputs: { data, target: target.data },
  });
}

export function countOverlap(
  { collection, parts }: TargetPlan,
): Stage<PicturePartsConfig, Inputs, "overlap", DataServices> {
  return defineStage<PicturePartsConfig, Inputs, "overlap", DataServices>({
    name: "pictures.overlap",
    version: 1,
    inputs: { data: "dataset", target: "dataset" },
    output: "overlap",
    async run({ inputs: { data, target }, dir }) {
      const rows = await survivors(target, collection);
      const tested: string[] = [];
      let at = 0;
      for await (const hash of hashesOf(target)) {
        if (parts[rows[at++]!] === "test") tested.push(hash);
      }
      const [wanted, found] = [new Set(tested), new Set<string>()];
      for await (const hash of hashesOf(data)) if (wanted.has(hash)) found.add(hash);
      const overlap: Overlap = {
        test: tested.length,
        seen: tested.filter((hash) => found.has(hash)).length,
      };
      return [await writeCard(dir, overlapFile, overlap)];
    },
  });
}

export function readOverlap(artifact: Artifact): Promise<Overlap> {
  return readCard(artifact, overlapFile, overlapSchema);
}

/** SHA-256 of the bytes of each row, in their order. There may be millions: no line is parsed whole, none is kept. */
async function* hashesOf(dataset: Artifact<"dataset">): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const { line } of readLines(dataset.file(indexFile))) {
    const [, hash] = /"sha256":"([^"]+)"/.exec(decoder.decode(line)) ?? [];
    if (hash === undefined) throw new Error(`Cannot read ${indexFile}: a line has no SHA-256.`);
    yield hash;
  }
}
