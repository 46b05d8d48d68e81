/** Cards: the JSON files of an artifact, checked as they are read. */
import { join } from "node:path";
import type { z } from "zod";
import { writeFileAtomic } from "./files.ts";
import type { Artifact } from "./stage.ts";

/** Writes `name` into `dir`, whole or not at all; gives `name` back, as stages list their files. */
export async function writeCard(dir: string, name: string, card: unknown): Promise<string> {
  await writeFileAtomic(join(dir, name), `${JSON.stringify(card)}\n`);
  return name;
}

/** Throws a ZodError where the file is not what `schema` describes. */
export async function readCard<Card>(
  artifact: Artifact,
  name: string,
  schema: z.ZodType<Card>,
): Promise<Card> {
  return schema.parse(JSON.parse(await Deno.readTextFile(artifact.file(name))));
}
