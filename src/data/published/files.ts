/** Files of a data set of the paper, below its folder. */
import { join } from "node:path";
import { UserError } from "../../pipeline/errors.ts";
import { unlessMissing } from "../../pipeline/files.ts";
import { fileKind } from "../pictures/contents.ts";
import { someOf } from "../pictures/notes.ts";
import { Turn } from "../pictures/turn.ts";
import { type FoundFile, walk } from "../pictures/walk.ts";
import type { Root } from "./data_set.ts";

/** The first of some paths below the root that is there. Rejects with a UserError where none is. */
export async function needOne(root: Root, paths: readonly string[]): Promise<string> {
  const found = await findOne(root, paths);
  if (found !== undefined) return found;
  const there = await unlessMissing(Array.fromAsync(Deno.readDir(root.path)));
  const names = there?.map(({ name, isDirectory }) => isDirectory ? `${name}/` : name).sort() ?? [];
  const wanted = paths.join(" or ");
  throw new UserError(
    `Cannot open ${root.given}: it needs ${wanted} in that folder, found ${
      someOf(names) || "nothing"
    }. ` + "Give the folder that holds it (clusterfit datasets shows the layout).",
  );
}

/** The first of some paths below the root that is there, or undefined. */
export async function findOne(root: Root, paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    if (await unlessMissing(Deno.stat(join(root.path, path)))) return path;
  }
  return undefined;
}

/** Pictures below a folder of the root, named from the root, in the order of `walk`. */
export function picturesIn(root: Root, folder: string): AsyncGenerator<FoundFile> {
  return filesIn(root, folder, "picture");
}

/** Videos anywhere below the root, in the order of `walk`. */
export function videosIn(root: Root): AsyncGenerator<FoundFile> {
  return filesIn(root, "", "video");
}

/** What a sample has of its file. */
export function signed({ name, bytes, changed }: FoundFile): Omit<FoundFile, "kind"> {
  return { name, bytes, changed };
}

async function* filesIn(
  root: Root,
  folder: string,
  kind: "picture" | "video",
): AsyncGenerator<FoundFile> {
  const top = await Deno.realPath(join(root.path, folder));
  const turn = new Turn(root.signal);
  for (const found of walk(top, root.notes)) {
    if (turn.isOver) await turn.next();
    if (found.kind === "file" && fileKind(top, found.name) === kind) {
      yield { ...found, name: folder === "" ? found.name : `${folder}/${found.name}` };
    }
  }
}
