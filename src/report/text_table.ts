/** The result as plain text for the terminal: at most 80 columns. */
import type { Summary } from "../clusterfit/summary.ts";
import { compare, type Comparison, singleSeedMargin } from "./comparison.ts";
import { type Estimate, formatScore, formatSigned } from "./estimate.ts";
import { count } from "./count.ts";
import { wrap } from "./wrap.ts";

const titleWidth = 24;
const cellWidth = 11;
/** Before the further lines of a long title. */
const indent = "  ";

/** Target x Npre, Npre 2x, Ncf, gain over each; the last lines say what the numbers are. */
export function textTable({ targets, seeds }: Pick<Summary, "targets" | "seeds">): string {
  const lines = [
    line("", ["Npre", "Npre 2x", "Ncf", "gain", "vs 2x"]),
    ...targets.map(compare).flatMap(targetLines),
    "",
    `Last layer, percent; gain = Ncf - Npre, vs 2x = Ncf - Npre 2x; n = ${
      count(seeds.length, "seed")
    }`,
    seeds.length > 1
      ? "± is the sample standard deviation over seeds; a gain's is paired by seed."
      : `One seed: no spread, and differences under about ${singleSeedMargin} points mean nothing.`,
  ];
  return lines.map((text) => text.trimEnd()).join("\n");
}

function targetLines({ target, npre, npre2x, ncf, gain, gain2x }: Comparison): string[] {
  const label = target.metric === "mAP" ? `${target.title} (mAP)` : target.title;
  const [first = "", ...more] = wrap(label, titleWidth - indent.length);
  const scores = [npre, npre2x, ncf].map((score) => cell(score, formatScore));
  const gains = [gain, gain2x].map((score) => cell(score, formatSigned));
  return [line(first, [...scores, ...gains]), ...more.map((text) => indent + text)];
}

function line(label: string, cells: readonly string[]): string {
  return label.padEnd(titleWidth) + cells.map((text) => text.padStart(cellWidth)).join("");
}

function cell({ mean, spread }: Estimate, format: (value: number) => string): string {
  return spread === undefined ? format(mean) : `${format(mean)} ±${formatScore(spread)}`;
}
