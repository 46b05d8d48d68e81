/** Pictures that cannot be used: `bad.csv`, and when there are too many. */
import { join } from "node:path";
import { UserError } from "../../pipeline/errors.ts";
import { readTable } from "../../tables/read.ts";
import { writeTable } from "../../tables/write.ts";
import type { BadPicture } from "./indexed.ts";

/** {name, reason}, a row for each bad picture. */
export const badFile = "bad.csv";

/** Writes `bad.csv` into a folder; gives its name. */
export async function writeBad(dir: string, bad: readonly BadPicture[]): Promise<string> {
  await writeTable(join(dir, badFile), {
    name: bad.map(({ name }) => name),
    reason: bad.map(({ reason }) => reason),
  });
  return badFile;
}

/** What `bad.csv` lists. */
export async function readBad(path: string): Promise<BadPicture[]> {
  const { rows, columns } = await readTable(path);
  const cell = (column: string, row: number) => String(columns.get(column)?.[row]);
  return Array.from({ length: rows }, (_, row) => ({
    name: cell("name", row),
    reason: cell("reason", row),
  }));
}

export interface Allowance {
  /** As the user gave the collection. */
  readonly given: string;
  /** All pictures, the bad ones too. */
  readonly total: number;
  /** Share of them that may be bad, from 0 to 1; the count is rounded down. */
  readonly maxBad: number;
  /** Where the list of bad ones is. */
  readonly list: string;
  /** What they are, for people. */
  readonly unit: "pictures" | "videos";
  /** Reason -> pictures, the commonest first. */
  readonly reasons: Readonly<Record<string, number>>;
}

/** Pictures of `total` that may be bad: rounded down, but 29 of 100 where 0.29 are allowed. */
export function allowedBad(maxBad: number, total: number): number {
  return Math.floor(maxBad * total + 1e-9);
}

/** The least `maxBad`, of four decimal places, that allows this many. */
export function enoughFor(bad: number, total: number): number {
  return Math.ceil(1e4 * bad / total - 1e-9) / 1e4;
}

/** Throws a UserError where more are bad than may be, or all. */
export function checkBad(
  bad: readonly BadPicture[],
  { given, total, maxBad, list, unit, reasons }: Allowance,
): void {
  const allowed = allowedBad(maxBad, total);
  if (bad.length <= allowed && bad.length < total) return;
  const told = Object.entries(reasons).slice(0, 3).map(([reason, times]) => `${times} x ${reason}`);
  const first = bad.slice(0, 3).map(({ name }) => JSON.stringify(name));
  const advice = bad.length < total
    ? `, or allow them: a maxBad of ${enoughFor(bad.length, total)} leaves them out`
    : "";
  throw new UserError(
    `Cannot use the ${unit} of ${given}: it needs at most ${allowed} bad ones of ${total} (maxBad ` +
      `${maxBad}), found ${bad.length} (${told.join(", ")}), first ${
        first.join(", ")
      }. All are listed in ` +
      `${list}. Mend or remove them${advice}.`,
  );
}
