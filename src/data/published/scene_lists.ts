/** Pictures of scenes by lists: "a path and the number of its class" in each line, as Places has them. */
import { dirname } from "node:path/posix";
import type { Listing, Root } from "./data_set.ts";
import { readList } from "./lists.ts";
import { lookUp } from "./look_up.ts";

/** A list, and the folder that its paths begin at. */
export interface SceneList {
  /** Below the root. */
  readonly list: string;
  readonly folder: string;
}

/** Classes are called as the folders of their training pictures: `/a/art_gallery/1.jpg 25` is an "art_gallery". */
export async function bySceneLists(
  root: Root,
  { train, val }: { readonly train: SceneList; readonly val: SceneList },
): Promise<Listing> {
  const trained = await readScenes(root, train);
  const names = new Map(
    trained.map(({ path, number }) => [number, dirname(path).replace(/^[a-z]\//, "")]),
  );
  const listed = [
    ...trained.map((one) => ({ ...one, ...train, part: "train" as const })),
    ...(await readScenes(root, val)).map((one) => ({
      ...one,
      ...val,
      part: "validation" as const,
    })),
  ].map(({ folder, path, number, part }) => ({
    name: `${folder}/${path}`,
    part,
    label: names.get(number) ?? number,
  }));
  return { kind: "single", ...await lookUp(root, listed) };
}

async function readScenes(root: Root, { list }: SceneList) {
  const rows = await readList(root, list, /^\/?(\S+)\s+(\d+)$/, "<path> <number of its class>");
  return rows.map(([path, number]) => ({ path: path!, number: number! }));
}
