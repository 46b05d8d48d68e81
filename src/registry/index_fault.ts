/** Why the index cannot be used, in words. */

export interface FaultOptions extends ErrorOptions {
  /** Whether it is ours and worth nothing any more, so that a new one takes its place. */
  readonly rebuild?: boolean;
}

const damaged = "it is damaged";

/** The message goes on behind the path of the index. */
export class IndexFault extends Error {
  override readonly name = "IndexFault";
  readonly rebuild: boolean;

  /** Whether its bytes are not what SQLite wrote. */
  get damaged(): boolean {
    return this.message === damaged;
  }

  constructor(message: string, { rebuild = false, ...options }: FaultOptions = {}) {
    super(message, options);
    this.rebuild = rebuild;
  }
}

/** What `use` gives. Throws an IndexFault for what SQLite refuses, and for values that are not what was written. */
export function explained<T>(use: () => T): T {
  try {
    return use();
  } catch (error) {
    throw faultOf(error) ?? error;
  }
}

/** Undefined for an error that is none of SQLite's. */
export function faultOf(cause: unknown): IndexFault | undefined {
  if (cause instanceof SyntaxError) {
    return new IndexFault(damaged, { rebuild: true, cause });
  }
  const { code, errcode = cannotOpen } = cause as { code?: unknown; errcode?: number };
  if (code !== "ERR_SQLITE_ERROR") return undefined;
  const { words, rebuild = false } = faults[errcode & 0xff] ??
    { words: `SQLite says: ${(cause as Error).message}` };
  return new IndexFault(words, { rebuild, cause });
}

/** Of an error without a result code: those come of opening alone. */
const cannotOpen = 14;

/** By SQLite's primary result code. */
const faults: Readonly<Record<number, { readonly words: string; readonly rebuild?: true }>> = {
  1: { words: "it has other tables than were made", rebuild: true },
  3: { words: "it may not be written" },
  5: { words: "another program keeps it locked" },
  6: { words: "another program keeps it locked" },
  8: { words: "it may not be written" },
  10: { words: "the disk cannot be read or written" },
  11: { words: damaged, rebuild: true },
  13: { words: "the disk is full" },
  [cannotOpen]: { words: "it cannot be opened or made" },
  19: { words: damaged, rebuild: true },
  26: { words: damaged, rebuild: true },
};
