/** Artifacts of the kind "labels": what the rows of one dataset are taken for. Hashtags, noisy labels,
 * clusters and the classes of a target are all of this kind. */
import { join } from "node:path";
import { z } from "zod";
import type { Artifact } from "../pipeline/stage.ts";
import { readCard, writeCard } from "../pipeline/card.ts";
import type { DataServices, HostArray } from "./services.ts";

/** {labels int64 [N]} where each row has a single label, {labels uint8 [N, C]} where it may have none or several: 0,
 * 1, or 2 for a class that is there but difficult to see. */
export const labelsFile = "labels.safetensors";

/** `labels.json`. */
export const labelsSchema = z.object({
  title: z.string(),
  kind: z.enum(["single", "multi"]),
  rows: z.int().positive(),
  classes: z.int().positive(),
  /** Of the classes, where they have names; clusters have none. */
  names: z.array(z.string()).nullable(),
}).refine(
  ({ classes, names }) => names === null || names.length === classes,
  "a name for each class is needed",
);
export type LabelsCard = z.infer<typeof labelsSchema>;

/** Labels by their names: a class index per row, or the class indices of each row. */
export type NamedLabels =
  & { readonly title: string; readonly names: readonly string[] }
  & (
    | { readonly kind: "single"; readonly labels: readonly number[] }
    | {
      readonly kind: "multi";
      readonly labels: readonly (readonly number[])[];
      /** Classes of each row that are not judged: it trains as without them, and is left out where they are tested.
       * Absent where there are none. */
      readonly difficult?: readonly (readonly number[])[];
    }
  );

/** Writes `labels.safetensors` and `labels.json`; gives their names. Throws where a label is no class. */
export async function writeLabels(
  dir: string,
  { engine }: DataServices,
  labels: NamedLabels,
): Promise<readonly string[]> {
  const { title, kind, names } = labels;
  const rows = labels.labels.length;
  const difficult = kind === "multi" ? labels.difficult ?? [] : [];
  const outside = [...labels.labels, ...difficult].flat().find((label) =>
    names[label] === undefined
  );
  if (outside !== undefined) {
    throw new RangeError(
      `Cannot write labels: it needs classes below ${names.length}, found ${outside}.`,
    );
  }
  await engine.tensors.save(join(dir, labelsFile), { labels: tensorOf(labels) });
  const card = { title, kind, rows, classes: names.length, names: [...names] };
  return [labelsFile, await writeLabelsCard(dir, card)];
}

/** Writes `labels.json` alone, for stages whose labels are tensors already; gives its name. */
export function writeLabelsCard(dir: string, card: LabelsCard): Promise<string> {
  return writeCard(dir, "labels.json", labelsSchema.parse(card));
}

/** Throws where rows may have several labels; `attempt` needs one of each. */
export function checkSingle({ kind, title }: LabelsCard, attempt: string): void {
  if (kind === "single") return;
  throw new Error(`Cannot ${attempt}: it needs one label a row, found several in "${title}".`);
}

export function readLabels(artifact: Artifact<"labels">): Promise<LabelsCard> {
  return readCard(artifact, "labels.json", labelsSchema);
}

function tensorOf(given: NamedLabels): HostArray {
  const { names, labels } = given;
  if (given.kind === "single") {
    return { data: BigInt64Array.from(given.labels, BigInt), shape: [labels.length] };
  }
  const hot = new Uint8Array(labels.length * names.length);
  const mark = (value: number) => (ofRow: readonly number[], row: number) => {
    for (const label of ofRow) hot[row * names.length + label] = value;
  };
  given.difficult?.forEach(mark(2));
  given.labels.forEach(mark(1)); // what is also seen clearly is judged
  return { data: hot, shape: [labels.length, names.length] };
}
