/** Linear probes of a frozen network: the last layer on every target, each layer on one (paper, section 3.1
 * and Figure 4). */
import { join } from "node:path";
import { type Split, splits } from "../../data/split.ts";
import type { Engine, LabelledFeatures, Network, TensorFile } from "../../engine/engine.ts";
import { writeFileAtomic } from "../../pipeline/files.ts";
import { type Artifact, defineStage, type Stage } from "../../pipeline/stage.ts";
import { loadNetwork } from "../network.ts";
import type { PlacementConfig } from "../placement.ts";
import { probe } from "../probe.ts";
import { readTarget } from "../read_data.ts";
import type { ProbeScore, Scores, TargetScore } from "../scores.ts";
import type { Services } from "../services.ts";

export const layers = ["res2", "res3", "res4", "res5"] as const;

export type TransferConfig = PlacementConfig & {
  /** In the order of the result. */
  readonly targets: readonly string[];
  readonly costs: readonly number[];
  /** Features of a layer at most, for the layer-wise probes. */
  readonly layerBudget: number;
  /** The target on which every layer is probed. */
  readonly layerwiseTarget: string;
};

type TransferInputs = {
  readonly network: "network";
  readonly [target: `target.${string}`]: "target";
};

/** Probes one network on `targets`; the input of a target is named `target.<name>`. */
export function transfer(
  targets: readonly string[],
): Stage<TransferConfig, TransferInputs, "scores", Services> {
  return defineStage<TransferConfig, TransferInputs, "scores", Services>({
    name: "transfer",
    version: 2,
    inputs: {
      network: "network",
      ...Object.fromEntries(targets.map((target) => [`target.${target}`, "target" as const])),
    },
    output: "scores",
    async run({ config, inputs, dir, services: { engine }, signal, progress }) {
      using network = await loadNetwork(engine, inputs.network);
      const total = config.targets.length + layers.length;
      let done = 0;
      const probed = () => progress({ done: ++done, total, unit: "probes" });
      const work = { engine, network, config, signal, probed };
      const scores: TargetScore[] = [];
      let layerwise: Scores["layerwise"] | undefined;
      for (const target of config.targets) {
        const artifact = inputs[`target.${target}`];
        if (!artifact) throw new Error(`transfer needs the input "target.${target}"`);
        scores.push(await lastLayer(work, target, artifact));
        if (target !== config.layerwiseTarget) continue;
        layerwise = {
          target,
          layers: [...layers],
          probes: await eachLayer(work, artifact),
        };
      }
      if (!layerwise) throw new Error(`"${config.layerwiseTarget}" is not one of the targets`);
      const result: Scores = { targets: scores, layerwise };
      await writeFileAtomic(join(dir, "scores.json"), `${JSON.stringify(result)}\n`);
      return ["scores.json"];
    },
  });
}

interface Work {
  readonly engine: Engine;
  readonly network: Network;
  readonly config: TransferConfig;
  readonly signal: AbortSignal;
  /** Called after each probe. */
  probed(): void;
}

async function lastLayer(
  work: Work,
  name: string,
  artifact: Artifact<"target">,
): Promise<TargetScore> {
  using parts = await openParts(work, artifact, { res5: null });
  const score = await fitProbe(work, parts.layer("res5"));
  const { title, classes, train, test } = await readTarget(artifact);
  return {
    name,
    title,
    classes: classes.length,
    train,
    test,
    ...score,
    majorityBaseline: majorityBaseline(work.engine, parts.layer("res5")),
  };
}

async function eachLayer(work: Work, artifact: Artifact<"target">): Promise<ProbeScore[]> {
  const pooled = Object.fromEntries(layers.map((layer) => [layer, work.config.layerBudget]));
  using parts = await openParts(work, artifact, pooled);
  const probes: ProbeScore[] = [];
  for (const layer of layers) probes.push(await fitProbe(work, parts.layer(layer)));
  return probes;
}

async function fitProbe(work: Work, parts: Readonly<Record<Split, LabelledFeatures>>) {
  const score = await probe(work.engine, parts, work.config, { signal: work.signal });
  work.probed();
  return score;
}

interface Parts extends Disposable {
  layer(name: string): Readonly<Record<Split, LabelledFeatures>>;
}

/** Extracts the features of all three parts of a target. */
async function openParts(
  { engine, network, config, signal }: Work,
  artifact: Artifact<"target">,
  pooling: Readonly<Record<string, number | null>>,
): Promise<Parts> {
  const open: { split: Split; pictures: TensorFile; features: TensorFile }[] = [];
  const dispose = () => {
    for (const { pictures, features } of open) {
      pictures[Symbol.dispose]();
      features[Symbol.dispose]();
    }
  };
  try {
    for (const split of splits) {
      const pictures = await engine.tensors.load(artifact.file(`${split}.safetensors`));
      const images = pictures.get("images");
      const features = await engine.features.extract(network, images, pooling, config, { signal });
      open.push({ split, pictures, features });
    }
  } catch (error) {
    dispose();
    throw error;
  }
  return {
    layer: (name) =>
      Object.fromEntries(open.map(({ split, pictures, features }) => [
        split,
        { features: features.get(name), labels: pictures.get("labels") },
      ])) as Record<Split, LabelledFeatures>,
    [Symbol.dispose]: dispose,
  };
}

/** Percent of the test rows that have the most frequent training label. */
function majorityBaseline(
  engine: Engine,
  { train, test }: Record<Split, LabelledFeatures>,
): number {
  const counts = new Map<number, number>();
  for (const label of engine.tensors.toArray(train.labels)) {
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const [majority] = [...counts].reduce((a, b) => b[1] > a[1] ? b : a, [-1, 0]);
  const answers = engine.tensors.toArray(test.labels);
  return 100 * answers.filter((label) => label === majority).length / answers.length;
}
