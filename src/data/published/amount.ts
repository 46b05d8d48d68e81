/** How many samples a part of a data set has: exactly, or as the paper rounds it. */
import { amount } from "../pictures/notes.ts";

export interface Amount {
  readonly least: number;
  readonly most: number;
  /** For people: "1,281,167", "about 246,000". */
  readonly text: string;
}

export function exactly(count: number): Amount {
  return { least: count, most: count, text: amount(count) };
}

/** Papers round, and they cut off: less than one in the last digit away. `text`: "246K", "10.5M". */
export function about(text: string): Amount {
  const [, digits = "", decimals = "", unit = ""] = /^(\d+)(?:\.(\d+))?([KM])$/.exec(text) ?? [];
  const factor = unit === "M" ? 1e6 : 1e3;
  const step = Math.round(factor / 10 ** decimals.length);
  const count = Number(digits + decimals) * step;
  return {
    least: count - step + 1,
    most: count + step - 1,
    text: `about ${amount(count)}`,
  };
}

export function isWithin(count: number, { least, most }: Amount): boolean {
  return count >= least && count <= most;
}
