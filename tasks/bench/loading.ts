/** `deno task bench loading`: decoding and cropping pictures for training, by our sources, by PyTorch's DataLoader
 * with Pillow and torchvision, and by SPDL where it can be imported; each in processes of its own, in turn. */
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { UserError } from "../../src/pipeline/errors.ts";
import { removeIfThere } from "../../src/pipeline/files.ts";
import { reasonOf } from "../../src/pipeline/reason.ts";
import { formatTable } from "../lib/table.ts";
import type { Ready } from "../setup.ts";
import { askChild } from "./child.ts";
import { median } from "./compare.ts";

/** Ours first: what training reads in the end, and what it reads where nothing was packed. */
const sides = {
  "packed": "ours, packed",
  "files": "ours, from the files",
  "loader-0": "DataLoader, no worker",
  "loader-1": "DataLoader, 1 worker",
  "loader-2": "DataLoader, 2 workers",
  "spdl": "SPDL",
} as const;
type Side = keyof typeof sides;
const sideNames = Object.keys(sides) as Side[];
const theirs: readonly Side[] = sideNames.filter((side) => side !== "packed" && side !== "files");

/** Of every side: batches of 32 random resized crops of 224 pixels, mirrored by chance. */
const work = {
  size: 224,
  batch: 32,
  crop: [[0.08, 1], [3 / 4, 4 / 3]],
};

export interface LoadingOptions {
  readonly setup: Pick<Ready, "python">;
  /** How often each side is measured; shown are medians. */
  readonly pairs: number;
  /** Python of an environment that has SPDL, where it is another one. */
  readonly peer?: string | undefined;
  /** JPEGs of 500 x 375. */
  readonly pictures?: number;
  /** Passes over them that are timed, after one that is not. */
  readonly passes?: number;
  /** One line of progress. */
  say(line: string): void;
}

export interface Loading {
  readonly bench: "loading";
  readonly pairs: number;
  readonly pictures: number;
  readonly sides: readonly {
    readonly side: Side;
    /** Medians; null where it is not there. */
    readonly imagesPerSecond: number | null;
    /** Why it is not there. */
    readonly missing: string | null;
  }[];
  /** Images a second of ours over those of the best of the others. */
  readonly ratios: { readonly packed: number; readonly files: number };
}

const answerSchema = z.union([
  z.object({ images: z.int(), seconds: z.number(), mean: z.number() }),
  z.object({ missing: z.string() }),
]);

/** Measures. Throws where the sides read different pictures. */
export async function loading(options: LoadingOptions): Promise<Loading> {
  const { setup, pairs, peer, pictures = 320, passes = 3, say } = options;
  const here = (name: string) => fileURLToPath(new URL(`loading/${name}`, import.meta.url));
  const spdl = pythonOf(peer) ?? setup.python;
  const env = { PYTHONPATH: fileURLToPath(new URL("../../py", import.meta.url)) };
  const folder = await Deno.makeTempDir({ prefix: "clusterfit-bench-" });
  try {
    say(`Making ${pictures} pictures of 500 x 375, once`);
    const made = await askChild([setup.python, here("../pictures.py")], {
      ...{ folder, pictures, width: 500, height: 375, classes: null },
    }, env);
    const paths = z.array(z.string()).parse(made);
    const ask = async (side: Side) => {
      const command = side === "spdl"
        ? [spdl, here("spdl_side.py")] as const
        : [setup.python, here("sides.py")] as const;
      const plan = { ...work, side, folder, paths, passes };
      return answerSchema.parse(await askChild(command, plan, side === "spdl" ? {} : env));
    };
    const speeds: Partial<Record<Side, number[]>> = {};
    const missing: Partial<Record<Side, string>> = {};
    const means: number[] = [];
    for (let pair = 1; pair <= pairs; pair++) {
      for (const side of pair % 2 === 1 ? sideNames : sideNames.toReversed()) {
        const answer = await ask(side);
        const head = `Pair ${pair} of ${pairs}, ${sides[side]}:`;
        if ("missing" in answer) {
          missing[side] = answer.missing;
          say(`${head} not there`);
          continue;
        }
        means.push(answer.mean);
        const speed = answer.images / answer.seconds;
        (speeds[side] ??= []).push(speed);
        say(`${head} ${speed.toFixed(0)} images/s`);
      }
    }
    checkMeans(means);
    return { bench: "loading", pairs, pictures, ...compareSides(speeds, missing) };
  } finally {
    await removeIfThere(folder);
  }
}

/** Whether ours is at least as fast as the best of the others: packed, as training reads pictures that more than two
 * epochs need, and from the files. */
export function isFast({ ratios }: Pick<Loading, "ratios">): boolean {
  return ratios.packed >= 1 && ratios.files >= 1;
}

export function loadingTable({ sides: measured, ratios, pairs, pictures }: Loading): string {
  const best = Math.max(
    ...measured.filter(({ side }) => theirs.includes(side))
      .map(({ imagesPerSecond }) => imagesPerSecond ?? 0),
  );
  const rows = measured.map(({ side, imagesPerSecond, missing }) => [
    sides[side],
    imagesPerSecond === null ? "not there" : `${imagesPerSecond.toFixed(0)} images/s`,
    imagesPerSecond === null ? "" : `${(imagesPerSecond / best).toFixed(2)}x`,
    missing ?? "",
  ]);
  const verdict = isFast({ ratios }) ? "as fast as the best of the others, or faster" : "TOO SLOW";
  return `${formatTable([["", "", "of the best", ""], ...rows])}\n
Median of ${pairs} turns; ${pictures} JPEGs of 500 x 375, crops of ${work.size}, batches of ${work.batch}.
Ours, packed and from the files: ${verdict}.`;
}

/** Medians side by side. Throws where none of the others could be measured. */
export function compareSides(
  speeds: Readonly<Partial<Record<Side, readonly number[]>>>,
  missing: Readonly<Partial<Record<Side, string>>>,
): Pick<Loading, "sides" | "ratios"> {
  const measured = sideNames.map((side) => {
    const found = speeds[side];
    return {
      side,
      imagesPerSecond: found ? median(found) : null,
      missing: found ? null : missing[side] ?? "not measured",
    };
  });
  const speedOf = (side: Side) => median(speeds[side] ?? []);
  const best = Math.max(...theirs.flatMap((side) => speeds[side] ? [speedOf(side)] : []));
  return {
    sides: measured,
    ratios: { packed: speedOf("packed") / best, files: speedOf("files") / best },
  };
}

/** The mean pixel of each side's crops: of the same pictures by the same crops it differs by chance alone. */
export function checkMeans(means: readonly number[]): void {
  const spread = Math.max(...means) - Math.min(...means);
  if (spread < 5) return;
  throw new Error(
    `The sides read different pictures: their mean pixels are ${
      means.join(", ")
    }. The comparison needs ` +
      "the same; mend tasks/bench/loading/.",
  );
}

/** A path that is there, or a UserError. */
function pythonOf(peer: string | undefined): string | undefined {
  if (peer === undefined) return undefined;
  try {
    Deno.statSync(peer);
    return peer;
  } catch (error) {
    throw new UserError(
      `--peer needs the Python of an environment with SPDL, got "${peer}": ${reasonOf(error)}.`,
    );
  }
}
