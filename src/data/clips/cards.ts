/** `clips.json`: what happens in each row of a dataset of clips. */
import { z } from "zod";
import { readCard, writeCard } from "../../pipeline/card.ts";
import type { Artifact } from "../../pipeline/stage.ts";
import { type Motion, motions } from "./motions.ts";

const file = "clips.json";
const schema = z.object({
  /** Name of each row's motion. */
  motions: z.array(z.enum(motions.map(({ name }) => name))),
});

/** Gives the name of the file. */
export function writeMotions(dir: string, rows: readonly Motion[]): Promise<string> {
  return writeCard(dir, file, schema.parse({ motions: rows.map(({ name }) => name) }));
}

/** Of each row. */
export async function readMotions(artifact: Artifact<"dataset">): Promise<readonly Motion[]> {
  const card = await readCard(artifact, file, schema);
  return card.motions.map((name) => motions.find((known) => known.name === name)!);
}
