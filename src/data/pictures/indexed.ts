/** What an index found: the pictures that can be used, and those that cannot. */
import type { Indexed, IndexedPicture } from "../../engine/engine.ts";
import { formatJsonLines } from "../../pipeline/jsonl.ts";
import type { Picture } from "./collection.ts";

/** A picture of the collection, and what is in its file. */
export interface Good {
  /** Where it is. */
  readonly picture: Picture;
  /** What is in its file. */
  readonly found: IndexedPicture;
  /** Name of the first picture with the same bytes, where this is not the first. */
  readonly duplicateOf: string | null;
}

/** A picture that cannot be used. */
export interface BadPicture {
  /** Of the picture. */
  readonly name: string;
  /** Why it cannot be used. */
  readonly reason: string;
}

/** Both in the order of the collection. */
export interface IndexResult {
  /** Those that can be used. */
  readonly good: readonly Good[];
  /** Those that cannot. */
  readonly bad: readonly BadPicture[];
}

/** `found`: of each picture, in their order. */
export function indexResult(
  pictures: readonly Picture[],
  found: Iterable<Indexed>,
): IndexResult {
  const good: Good[] = [];
  const bad: BadPicture[] = [];
  const first = new Map<string, string>();
  let at = 0;
  for (const one of found) {
    const picture = pictures[at++]!;
    const { name } = picture;
    if ("reason" in one) bad.push({ name, reason: one.reason });
    else {
      good.push({ picture, found: one, duplicateOf: first.get(one.sha256) ?? null });
      if (!first.has(one.sha256)) first.set(one.sha256, name);
    }
  }
  return { good, bad };
}

/** Of each good picture: name, SHA-256 and length of its bytes, format, size, notes, and the first one with the same
 * bytes. */
export const indexFile = "index.jsonl";

/** The text of `index.jsonl`. */
export function indexLines(good: readonly Good[]): string {
  return formatJsonLines(good.map(({ picture: { name }, found, duplicateOf }) => {
    const { sha256, bytes, format, width, height, note } = found;
    return {
      ...{ name, sha256, bytes, format, width, height },
      ...(note !== "" && { note }),
      ...(duplicateOf !== null && { duplicateOf }),
    };
  }));
}
