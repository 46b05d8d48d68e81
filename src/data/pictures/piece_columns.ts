/** Where many pieces are, in columns: each path once, and three numbers a piece. */
import type { Piece } from "./collection.ts";

/** What stands for null in a column. */
const none = -1;

export class PieceColumns {
  readonly #paths: string[] = [];
  readonly #path: number[] = [];
  readonly #offset: number[] = [];
  readonly #bytes: number[] = [];
  readonly #seconds: number[] = [];

  /** The pieces of one file come one after the other where rows are sorted by names that begin with the file's. */
  static of(pieces: Iterable<Piece>): PieceColumns {
    const columns = new PieceColumns();
    for (const piece of pieces) columns.#add(piece);
    return columns;
  }

  #add({ file, range, seconds }: Piece): void {
    if (this.#paths.at(-1) !== file) this.#paths.push(file);
    this.#path.push(this.#paths.length - 1);
    this.#offset.push(range?.offset ?? none);
    this.#bytes.push(range?.bytes ?? none);
    this.#seconds.push(seconds ?? none);
  }

  at(row: number): Piece {
    const [offset, seconds] = [this.#offset[row]!, this.#seconds[row]!];
    return {
      file: this.#paths[this.#path[row]!]!,
      range: offset === none ? null : { offset, bytes: this.#bytes[row]! },
      seconds: seconds === none ? null : seconds,
    };
  }
}
