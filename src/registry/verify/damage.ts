/** What is wrong with files, each file told once. */

/** A file that is not what it was when it was written. */
export interface Damage {
  /** Path of the file, or of a folder that lacks what makes it one. */
  readonly path: string;
  /** What is wrong with it. */
  readonly message: string;
  /** What mends it, in words. */
  readonly mend: string;
  /** The command that they speak of, where one is known. */
  readonly command?: readonly string[];
  /** Paths of its other hard links: the same bytes, damaged with it. */
  readonly also: readonly string[];
}

export type Mend = Pick<Damage, "mend" | "command">;

/** Damage at one path. */
export interface Finding extends Omit<Damage, "also"> {
  /** Which file is there; absent where none is. */
  readonly file?: string;
}

/** One damage for all paths of one file, in the order in which they were found. */
export function eachOnce(findings: readonly Finding[]): Damage[] {
  const found = Map.groupBy(findings, ({ file, path }) => file ?? path);
  return [...found.values()].map(([first, ...others]) => {
    const { file: _, ...damage } = first!;
    return { ...damage, also: others.map(({ path }) => path) };
  });
}
