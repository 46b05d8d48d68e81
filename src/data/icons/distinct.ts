/** Rows of a dataset, each image once: the first of equal ones is kept. */
import type { Icon } from "./icon.ts";
import type { RenderedIcon } from "./render.ts";

export class DistinctImages<Of extends Icon> {
  readonly #rows: RenderedIcon<Of>[] = [];
  readonly #known: Set<string>;

  /** `known`: digests of images that may not be among the rows. */
  constructor(known: Iterable<string> = []) {
    this.#known = new Set(known);
  }

  get rows(): readonly RenderedIcon<Of>[] {
    return this.#rows;
  }

  /** Adds a row, unless its image is known or in an earlier row. */
  add(image: RenderedIcon<Of>): void {
    if (this.#known.has(image.digest)) return;
    this.#known.add(image.digest);
    this.#rows.push(image);
  }
}
