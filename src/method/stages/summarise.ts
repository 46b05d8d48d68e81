/** Stage: the scores, curves and clusterings of all arms, points and seeds in one `summary.json`. It runs on what
 * is there: what a failed stage should have made is listed as missing. */
import { join } from "node:path";
import { readOverlap } from "../../data/pictures/overlap_stage.ts";
import { readCard } from "../../pipeline/card.ts";
import { writeFileAtomic } from "../../pipeline/files.ts";
import { readJsonLines } from "../../pipeline/jsonl.ts";
import { type Artifact, defineStage, type Kinds } from "../../pipeline/stage.ts";
import { scoreSchema } from "../../results/measurement.ts";
import type { Point } from "../../results/point.ts";
import type { Study } from "../../results/study.ts";
import { type CurvePoint, curvePointSchema, type Summary } from "../../results/summary.ts";
import { bestLayer } from "../best_layer.ts";
import { readClusters } from "../clusters.ts";
import { readMeasures } from "../feature_measures.ts";
import type { Services } from "../services.ts";
import { type Scores, scoresFile, scoresSchema } from "./measure.ts";
import { curveFile } from "./train.ts";

/** What an input of the summary holds. */
export type SummaryEntry =
  | { readonly kind: "network"; readonly trained: boolean }
  /** `sheet`: id of the node that draws it. */
  | { readonly kind: "clustering"; readonly sheet: string }
  /** `bestLayer`: whether tables speak of the best of the layers. */
  | { readonly kind: "scores"; readonly target: string; readonly bestLayer?: true }
  /** Of a target with scores, which come before. */
  | { readonly kind: "overlap"; readonly target: string }
  /** Of features alone; `reference`: id of the arm that they are compared with. */
  | { readonly kind: "measures"; readonly reference?: string };

/** Whose it is; `node` is the name of the input. */
type Entry = SummaryEntry & {
  readonly arm: string;
  readonly at: Point;
  readonly seed: number;
  readonly node: string;
};

export type SummariseConfig = { readonly study: Study; readonly entries: readonly Entry[] };

export const summaryFile = "summary.json";

export const summarise = defineStage<SummariseConfig, Kinds, "summary", Services, true>({
  name: "summarise",
  version: 3,
  inputs: {},
  output: "summary",
  partial: true,
  async run({ config: { study, entries }, inputs, dir }) {
    const summary: Summary = {
      schema: 3,
      study,
      targets: [],
      measurements: [],
      series: [],
      clusterings: [],
      networks: [],
      missing: [],
    };
    for (const entry of entries) await add(entry, inputs[entry.node], summary);
    summary.targets.sort(({ name: a }, { name: b }) => placeOf(a, study) - placeOf(b, study));
    await writeFileAtomic(join(dir, summaryFile), `${JSON.stringify(summary, null, 2)}\n`);
    return [summaryFile];
  },
});

async function add(entry: Entry, artifact: Artifact | undefined, summary: Summary): Promise<void> {
  const { arm, at, seed, node } = entry;
  const whose = { arm, at: { ...at }, seed };
  if (!artifact) {
    summary.missing.push({ ...whose, node });
    return;
  }
  switch (entry.kind) {
    case "network":
      summary.networks.push({ ...whose, node });
      if (entry.trained) summary.series.push({ ...whose, points: await readCurve(artifact) });
      break;
    case "clustering": {
      const clusters = await readClusters(artifact as Artifact<"labels">);
      summary.clusterings.push({ ...whose, ...clusters, sheet: entry.sheet });
      break;
    }
    case "measures": {
      const { reference } = entry;
      for (const score of await readMeasures(artifact)) {
        const of = { ...whose, target: null, ...(reference !== undefined && { reference }) };
        summary.measurements.push({ ...of, ...score });
      }
      break;
    }
    case "overlap": {
      const { seen } = await readOverlap(artifact);
      const target = summary.targets.find(({ name }) => name === entry.target);
      if (target) target.seen = seen;
      break;
    }
    case "scores": {
      const scores = await readCard(artifact, scoresFile, scoresSchema);
      addTarget(summary, entry.target, scores);
      const best = entry.bestLayer && bestLayer(scores);
      for (const score of scores.scores) {
        const own = { ...scoreSchema.parse(score), ...(score === best && { best: true as const }) };
        summary.measurements.push({ ...whose, target: entry.target, ...own });
      }
      break;
    }
  }
}

function addTarget(summary: Summary, name: string, scores: Scores): void {
  if (summary.targets.some((target) => target.name === name)) return;
  const { title } = summary.study.targets.find((target) => target.name === name) ?? { title: name };
  const { metric, classes, train, validation, test } = scores;
  summary.targets.push({ name, title, metric, classes, train, validation, test });
}

/** Where a target stands in the study: the first network to be measured on it may have failed. */
function placeOf(target: string, { targets }: Study): number {
  return targets.findIndex(({ name }) => name === target);
}

async function readCurve(network: Artifact): Promise<CurvePoint[]> {
  const log = await readJsonLines(
    network.file(curveFile),
    (line): CurvePoint => curvePointSchema.parse(line),
  );
  return [...log.values];
}
