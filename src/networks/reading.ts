/** How a pre-trained network reads images, where the user says it because nobody else does. */
import { resolve } from "node:path";
import { z } from "zod";
import { UserError } from "../pipeline/errors.ts";
import { readTextIfThere } from "../pipeline/files.ts";
import type { Preprocessing } from "../models/view.ts";
import { preprocessingShape } from "./network_metadata.ts";

/** Preprocessing, and the side in pixels of what is cut out. */
export type Reading = Preprocessing & { readonly size: number };

const schema = z.strictObject({ size: z.int().positive(), ...preprocessingShape });

/** torchvision's classic one, which most self-supervised networks share. Taken only by name: it is a guess as soon
 * as nobody chose it. */
const imagenet: Reading = {
  size: 224,
  resize: 256,
  interpolation: "bilinear",
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
};

/** What `--preprocessing` says: `imagenet`, or a JSON file; paths are taken from `folder`. Null stays null. */
export async function readingFor(
  given: string | null,
  folder: string,
): Promise<Reading | null> {
  if (given === null) return null;
  if (given === "imagenet") return imagenet;
  const path = resolve(folder, given);
  const text = await readTextIfThere(path);
  if (text === undefined) {
    throw wrong(given, `"imagenet" or a JSON file`, "no such file");
  }
  const parsed = schema.safeParse(parse(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw wrong(given, "size, resize, interpolation, mean and std", issue!.message.toLowerCase());
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function wrong(given: string, needed: string, found: string): UserError {
  return new UserError(
    `Cannot take the preprocessing ${given}: it needs ${needed}, found ${found}. Write, for example, ` +
      `${JSON.stringify(imagenet)}`,
  );
}
