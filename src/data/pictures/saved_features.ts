/** `dataset_info.json` and `state.json` of a Hugging Face data set: which columns it has, and in which files. */
import { join } from "node:path";
import { z } from "zod";
import { UserError } from "../../pipeline/errors.ts";
import { reasonOf } from "../../pipeline/reason.ts";
import { findLabelColumn } from "./columns.ts";

const featureSchema = z.looseObject({
  _type: z.string().optional(),
  /** Of a ClassLabel. */
  names: z.array(z.string()).optional(),
  /** Of a Sequence or List. */
  feature: z.looseObject({ names: z.array(z.string()).optional() }).optional(),
});
const infoSchema = z.object({ features: z.record(z.string(), z.unknown()) });
const stateSchema = z.object({ _data_files: z.array(z.object({ filename: z.string() })) });
const dictSchema = z.object({ splits: z.array(z.string()) });

export interface SavedSet {
  /** Absolute paths, in the order of the rows. */
  readonly files: readonly string[];
  /** Name of the column of pictures. */
  readonly image: string;
  readonly label: SavedLabel | null;
}

export interface SavedLabel {
  /** Name of the column. */
  readonly column: string;
  /** What its numbers stand for; null where it holds the labels themselves. */
  readonly names: readonly string[] | null;
}

/** The splits of a saved `DatasetDict`. */
export async function readSplits(folder: string): Promise<readonly string[]> {
  return (await readJson(join(folder, "dataset_dict.json"), dictSchema)).splits;
}

export async function readSaved(folder: string): Promise<SavedSet> {
  const info = join(folder, "dataset_info.json");
  const { features } = await readJson(info, infoSchema);
  const { _data_files } = await readJson(join(folder, "state.json"), stateSchema);
  const known = new Map(
    Object.entries(features).map((
      [name, feature],
    ) => [name, featureSchema.safeParse(feature).data]),
  );
  const image = [...known].find(([, feature]) => feature?._type === "Image")?.[0];
  if (image === undefined) {
    const columns = [...known].map(([name, feature]) => `${name} (${feature?._type ?? "nested"})`);
    throw new UserError(
      `Cannot open ${folder}: it needs a column of the type Image, found ${
        columns.join(", ")
      }. Cast ` +
        `yours, ds.cast_column("image", datasets.Image()), and save it again.`,
    );
  }
  const column = findLabelColumn(known.keys()) ??
    [...known].find(([, feature]) => feature?._type === "ClassLabel")?.[0];
  const feature = column === undefined ? undefined : known.get(column);
  return {
    files: _data_files.map(({ filename }) => join(folder, filename)),
    image,
    label: column === undefined
      ? null
      : { column, names: feature?.names ?? feature?.feature?.names ?? null },
  };
}

async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  try {
    return schema.parse(JSON.parse(await Deno.readTextFile(path)));
  } catch (error) {
    throw new UserError(
      `Cannot open ${path}: it needs to be as the package datasets saves it, found: ` +
        `${reasonOf(error)}. Save the data set again (save_to_disk).`,
      { cause: error },
    );
  }
}
