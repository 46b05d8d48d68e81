/** What lies where a user points to: of which kind it is, before any of it is read. */
import { basename, dirname, relative, resolve } from "node:path";
import { UserError } from "../../pipeline/errors.ts";
import { unlessMissing } from "../../pipeline/files.ts";
import { expandHome } from "../../pipeline/home.ts";
import type { PublishedSet } from "../published/data_set.ts";
import { publishedSpec } from "../published/list.ts";
import { tableExtensions, tableFormat } from "../../tables/format.ts";
import { expandBraces } from "./braces.ts";
import { mediumOf } from "./media.ts";
import { savedKind } from "./saved.ts";
import type { FoundFile } from "./walk.ts";

/** Files by their paths below a folder, sorted by them. */
export interface Files {
  readonly root: string;
  readonly files: readonly FoundFile[];
}

export type Place =
  & { readonly path: string }
  & (
    | { readonly kind: "folder" | "table" }
    | { readonly kind: "published"; readonly set: PublishedSet }
    | { readonly kind: "saved"; readonly saved: "set" | "dict" }
    | ({ readonly kind: "shards" | "video" } & Files)
  );

/** What a collection may be, for people. */
const kinds =
  `a folder of pictures, videos or tar shards, a table of paths (${tableExtensions}), a tar file or a range ` +
  "of them (x-{000..010}.tar), a video, a data set that the package datasets saved on the disk, or one of the " +
  "paper (voc07:~/VOCdevkit; clusterfit datasets lists them)";

/** Throws a UserError where nothing is there, or nothing that could hold pictures. */
export async function placeOf(given: string): Promise<Place> {
  const published = publishedSpec(given);
  if (published) return { kind: "published", ...published };
  const path = resolve(expandHome(given));
  const info = await unlessMissing(Deno.stat(path));
  if (info?.isDirectory) {
    const saved = await savedKind(path);
    return saved ? { kind: "saved", path, saved } : { kind: "folder", path };
  }
  if (info?.isFile) return await filePlace(path, given);
  if (/\{.*\}.*\.tar$/is.test(path)) {
    const root = path.slice(0, path.lastIndexOf("/", path.indexOf("{")));
    return { kind: "shards", path, ...await filesOf([...new Set(expandBraces(path))], root) };
  }
  throw new UserError(
    `Cannot open ${given}: it needs ${kinds}; found nothing of that name. Check the path.`,
  );
}

async function filePlace(path: string, given: string): Promise<Place> {
  if (tableFormat(path)) return { kind: "table", path };
  const medium = mediumOf(path);
  if (medium === "tar" || medium === "video") {
    const files = await filesOf([path], dirname(path));
    return { kind: medium === "tar" ? "shards" : "video", path, ...files };
  }
  const found = medium === "picture" ? "a single picture" : `a file "${basename(path)}"`;
  throw new UserError(
    `Cannot open ${given}: it needs ${kinds}; found ${found}. Give its folder, or unpack it into one.`,
  );
}

async function filesOf(paths: readonly string[], root: string): Promise<Files> {
  const files: FoundFile[] = [];
  for (const file of paths) {
    const info = await unlessMissing(Deno.stat(file));
    if (!info) {
      throw new UserError(
        `Cannot open ${file}: it needs every shard of the range, found no such file. Copy it there, or ` +
          "give another range.",
      );
    }
    const changed = info.mtime?.getTime() ?? 0;
    files.push({ kind: "file", name: relative(root, file), bytes: info.size, changed });
  }
  return { root, files: files.sort((a, b) => a.name < b.name ? -1 : 1) };
}
