/** What an index found: the pictures that can be used, and those that cannot. */
import type { Indexed, IndexedPicture } from "../../engine/engine.ts";
import { formatJsonLines } from "../../pipeline/jsonl.ts";
import { FoundColumns } from "./found_columns.ts";

/** A picture that can be used. */
export interface Good {
  /** Its place in the collection. */
  readonly row: number;
  /** Of the picture. */
  readonly name: string;
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
  /** Those that can be used. They are made anew each time that they are gone through. */
  readonly good: Iterable<Good> & { readonly length: number };
  /** Those that cannot. */
  readonly bad: readonly BadPicture[];
}

/** Takes what came of each picture, in their order, and keeps it. */
export class IndexRecord {
  readonly bad: BadPicture[] = [];
  readonly #names: readonly string[];
  /** Of the good ones. */
  readonly #rows: Uint32Array;
  readonly #found: FoundColumns;

  /** `names`: of the pictures. */
  constructor(names: readonly string[]) {
    this.#names = names;
    this.#rows = new Uint32Array(names.length);
    this.#found = new FoundColumns(names.length);
  }

  /** Of the pictures that come next. */
  add(found: Iterable<Indexed>): void {
    for (const one of found) {
      const row = this.#found.length + this.bad.length;
      if ("reason" in one) this.bad.push({ name: this.#names[row]!, reason: one.reason });
      else {
        this.#rows[this.#found.length] = row;
        this.#found.add(one);
      }
    }
  }

  /** Once all have come. */
  result(): IndexResult {
    const firsts = this.#found.firsts();
    const { length } = firsts;
    const good = { length, [Symbol.iterator]: () => this.#good(firsts) };
    return { good, bad: this.bad };
  }

  *#good(firsts: Uint32Array): Generator<Good> {
    const nameAt = (at: number) => this.#names[this.#rows[at]!]!;
    for (const [at, first] of firsts.entries()) {
      yield {
        ...{ row: this.#rows[at]!, name: nameAt(at), found: this.#found.at(at) },
        duplicateOf: first === at ? null : nameAt(first),
      };
    }
  }
}

/** Of each good picture: name, SHA-256 and length of its bytes, format, size, notes, and the first one with the same
 * bytes. Of videos also how many frames, and how many a second. */
export const indexFile = "index.jsonl";

/** The lines of `index.jsonl`. */
export function* indexLines(good: Iterable<Good>): Generator<string> {
  for (const { name, found, duplicateOf } of good) {
    const { sha256, bytes, format, width, height, note, video } = found;
    yield formatJsonLines([{
      ...{ name, sha256, bytes, format, width, height },
      ...(video && { frames: video.frames, rate: video.rate }),
      ...(note !== "" && { note }),
      ...(duplicateOf !== null && { duplicateOf }),
    }]);
  }
}
