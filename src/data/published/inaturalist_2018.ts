import { join } from "node:path";
import { z } from "zod";
import { explainSystemError, UserError } from "../../pipeline/errors.ts";
import { exactly } from "./amount.ts";
import type { PublishedSet, Root } from "./data_set.ts";
import { needOne } from "./files.ts";
import { lookUp } from "./look_up.ts";

/** iNaturalist 2018, by its JSON files. */
export const inaturalist2018: PublishedSet = {
  name: "inaturalist-2018",
  title: "iNaturalist 2018",
  size: { classes: 8142, train: exactly(437_513), evaluation: exactly(24_426) },
  paper: { classes: 8142, rows: "438K/24K" },
  metric: "top-1",
  probeEpochs: 84,
  samples: "pictures",
  use:
    "a finer target of label noise (Figure 3), weak labels (Table 4), Jigsaw and RotNet (Tables 6 to 8)",
  layout: [
    "train2018.json and val2018.json",
    "train_val2018/<kind>/<category>/*.jpg, as the JSON files name them",
  ],
  async list(root) {
    const listed = [
      ...await picturesOf(root, "train2018.json", "train"),
      ...await picturesOf(root, "val2018.json", "validation"),
    ];
    return { kind: "single", ...await lookUp(root, listed) };
  },
};

const file = z.object({
  images: z.array(z.object({ id: z.int(), file_name: z.string() })),
  annotations: z.array(z.object({ image_id: z.int(), category_id: z.int() })),
});

/** The class is the number of its category: names are hidden in the JSON of the challenge. */
async function picturesOf(root: Root, list: string, part: "train" | "validation") {
  const { images, annotations } = await readJson(root, await needOne(root, [list]));
  const categories = new Map(annotations.map((one) => [one.image_id, one.category_id]));
  return images.map(({ id, file_name: name }) => {
    const category = categories.get(id);
    if (category !== undefined) return { name, part, label: String(category) };
    throw new UserError(
      `Cannot open ${root.given}: it needs an annotation for each picture of ${list}, found none for ` +
        `${JSON.stringify(name)}. Fetch the file again.`,
    );
  });
}

async function readJson(root: Root, list: string): Promise<z.infer<typeof file>> {
  try {
    return file.parse(JSON.parse(await Deno.readTextFile(join(root.path, list))));
  } catch (error) {
    const refused = explainSystemError(error, `open ${root.given}`);
    if (refused instanceof UserError) throw refused;
    throw new UserError(
      `Cannot open ${root.given}: it needs images and annotations in ${list}, found ` +
        `${error instanceof z.ZodError ? "others" : "no JSON"}. Fetch the file again.`,
      { cause: error },
    );
  }
}
