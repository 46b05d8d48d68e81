/** Pictures of a part, in a folder for each class. */
import type { Root, Sample } from "./data_set.ts";
import { picturesIn, signed } from "./files.ts";

export type Unlabelled = Omit<Sample<string>, "label">;

/** The first folder below `folder` is the class. Pictures that lie in none are given apart. */
export async function byFolders(
  root: Root,
  folder: string,
  part: Sample<string>["part"],
): Promise<{ readonly labelled: Sample<string>[]; readonly flat: Unlabelled[] }> {
  const labelled: Sample<string>[] = [];
  const flat: Unlabelled[] = [];
  for await (const found of picturesIn(root, folder)) {
    const picture = { ...signed(found), part };
    const below = found.name.slice(folder.length + 1).split("/");
    if (below.length === 1) flat.push(picture);
    else labelled.push({ ...picture, label: below[0]! });
  }
  return { labelled, flat };
}
