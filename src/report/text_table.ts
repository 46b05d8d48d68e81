/** The result as plain text for the terminal: at most 80 columns. */
import type { NetworkName, Summary } from "../method/summary.ts";
import { compare, type Comparison, singleSeedMargin } from "./comparison.ts";
import { type Estimate, formatScore, formatSigned } from "./estimate.ts";
import { convergenceNote, markOf } from "./convergence.ts";
import { count } from "./count.ts";
import { wrap } from "./wrap.ts";

const titleWidth = 24;
const cellWidth = 11;
/** Before the further lines of a long title. */
const indent = "  ";

/** Target x Npre, Npre 2x, Ncf, gain over each; the last lines say what the numbers are. */
export function textTable({ targets, seeds }: Pick<Summary, "targets" | "seeds">): string {
  const note = convergenceNote(targets.flatMap(({ notConverged }) => notConverged));
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
    ...(note === undefined ? [] : [note]),
  ];
  return lines.map((text) => text.trimEnd()).join("\n");
}

function targetLines({ target, npre, npre2x, ncf, gain, gain2x }: Comparison): string[] {
  const label = target.metric === "mAP" ? `${target.title} (mAP)` : target.title;
  const [first = "", ...more] = wrap(label, titleWidth - indent.length);
  const scores = Object.entries({ npre, npre2x, ncf }).map(([network, score]) =>
    cell(score, formatScore, markOf(target.notConverged, network as NetworkName))
  );
  const gains = [gain, gain2x].map((score) => cell(score, formatSigned));
  return [line(first, [...scores, ...gains]), ...more.map((text) => indent + text)];
}

function line(label: string, cells: readonly string[]): string {
  return label.padEnd(titleWidth) + cells.map((text) => text.padStart(cellWidth)).join("");
}

/** The mark takes the place of the space, so that a cell stays as wide as without. */
function cell(
  { mean, spread }: Estimate,
  format: (value: number) => string,
  mark = "",
): string {
  const spreadText = spread === undefined ? "" : `${mark === "" ? " " : ""}±${formatScore(spread)}`;
  return format(mean) + mark + spreadText;
}
