/** The step `choose-k` on a finished run of several K: which it would have chosen, and what that would have scored. */
import { cluster } from "../method/stages/cluster.ts";
import { featuresFile } from "../method/stages/extract.ts";
import { readManifest } from "../pipeline/artifact.ts";
import { UserError } from "../pipeline/errors.ts";
import { type RunFolder, runPaths } from "../pipeline/store.ts";
import { readSummary } from "../report/read_summary.ts";
import { clusterAxis, type KChoice, type KOutcome, kOutcomes } from "../results/k_choice.ts";
import { pointKey } from "../results/point.ts";
import { chooseClusters, type ChooseOptions } from "./choose_clusters.ts";

/** How the numbers are judged; the rest is the run's. */
export type ChooseOfRunOptions = Omit<ChooseOptions, "k" | "iterations" | "seed" | "normalise">;

/** What was chosen, and how close it came. */
export interface ChosenOfRun {
  /** Id of the run. */
  readonly run: string;
  /** Numbers that were chosen from. */
  readonly ks: readonly number[];
  readonly choices: readonly KChoice[];
  readonly outcomes: readonly KOutcome[];
}

/** Chooses for each clustering of the run that was made with several K. Rejects with a UserError where there is none, and
 * with a DamagedArtifact where the run is not whole. */
export async function chooseOfRun(
  run: RunFolder,
  options: ChooseOfRunOptions = {},
): Promise<ChosenOfRun> {
  const summary = await readSummary(run);
  const axis = summary.study.axes.find(({ name }) => name === clusterAxis);
  const ks = axis?.values.filter((value) => typeof value === "number") ?? [];
  const clusterings = ks.length > 1 ? clusteringsOf(run) : [];
  if (clusterings.length === 0) {
    throw new UserError(
      `Cannot compare numbers of clusters in the run ${run.id}: it needs plain k-means of one teacher's features ` +
        `with several K, found ${
          ks.length > 1 ? "other clusters" : `K = ${ks.join("") || "none"}`
        }. ` +
        "Give --features and --k.",
    );
  }
  const chosen = new Map<string, number>();
  const choices: KChoice[] = [];
  for (const { arm, seed, at, features, node } of clusterings) {
    const once = `${seed} ${features}`;
    const k = chosen.get(once) ?? await chooseOf(run, features, node, { ...options, seed, k: ks });
    chosen.set(once, k);
    choices.push({ arm, seed, at, k });
  }
  return { run: run.id, ks, choices, outcomes: kOutcomes(summary, choices, ks) };
}

/** Those of plain k-means of one teacher, once for all K: `node` is one of them. */
function clusteringsOf({ record: { nodes } }: RunFolder) {
  const uses = nodes.filter(({ stage }) => stage === cluster.name).flatMap((node) =>
    node.serves.flatMap(({ arm, seed, at }) => {
      const { [clusterAxis]: k, ...rest } = at;
      return k === undefined
        ? []
        : [{ arm, seed, at: rest, features: node.inputs[0]!, node: node.id }];
    })
  );
  const places = Map.groupBy(uses, ({ arm, seed, at }) => `${arm} ${seed} ${pointKey(at)}`);
  return [...places.values()].flatMap((same) =>
    new Set(same.map(({ features }) => features)).size === 1 ? same.slice(0, 1) : []
  );
}

/** As the run clusters these features. */
async function chooseOf(
  run: RunFolder,
  features: string,
  node: string,
  options: ChooseOptions,
): Promise<number> {
  const { iterations, normalise } = (await readManifest(runPaths(run.dir).artifact(node)))!
    .config as { iterations: number; normalise: boolean };
  const path = await run.artifactFile(features, featuresFile);
  return (await chooseClusters(path, { ...options, iterations, normalise })).k;
}
