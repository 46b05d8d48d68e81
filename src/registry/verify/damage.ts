/** What is wrong with files, each file told once. */

/** A file that is not what it was when it was written. */
export interface Damage {
  /** Path of the file, or of a folder that lacks what makes it one. */
  readonly path: string;
  /** What is wrong with it. */
  readonly message: string;
  /** What mends it. */
  readonly mend: string;
  /** Paths of its other hard links: the same bytes, damaged with it. */
  readonly also: readonly string[];
}

/** Damage at one path. */
export interface Finding extends Omit<Damage, "also"> {
  /** Which file is there; absent where none is. */
  readonly file?: string;
}

/** One damage for all paths of one file, in the order in which they were found. */
export function eachOnce(findings: readonly Finding[]): Damage[] {
  const found = Map.groupBy(findings, ({ file, path }) => file ?? path);
  return [...found.values()].map(([first, ...others]) => {
    const { path, message, mend } = first!;
    return { path, message, mend, also: others.map((other) => other.path) };
  });
}
