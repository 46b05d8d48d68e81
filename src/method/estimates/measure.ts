/** Probes: features of every part, then for each output a fit at each cost. */
import { splits } from "../../data/split.ts";
import type { Node } from "../../pipeline/graph.ts";
import type { LabelledFeatures } from "../../engine/engine.ts";
import { fitProbe } from "../fit_probe.ts";
import type { ProbeConfig } from "../probe_config.ts";
import type { Services } from "../services.ts";
import type { MeasureConfig } from "../stages/measure.ts";
import type { Estimating, Estimator, Sample } from "./estimator.ts";
import { sampleExtraction } from "./features.ts";
import type { Shapes } from "./shapes.ts";
import { featuresOf, labelsOf, secondsOf, tensorsOf } from "./synthetic.ts";

/** Numbers of the sample's features, at most. */
const mostNumbers = 8e6;
/** The cost that is fitted: its fit takes about as many evaluations as the average one. */
const sampledCost = 0.1;
/** Classes that SVMs are fitted for. */
const sampledMachines = 4;
/** One that does not diverge on the sample's features. */
const sampledRate = 1e-6;
/** Evaluations of a fit at cost 1, and how they fall with the cost: about what the targets of the default job
 * take, where 0.01 takes 16 to 34, 0.1 26 to 53, 1 27 to 106. */
const evaluationsAt1 = 60;
const fall = 0.25;
/** A fit stops after 200 iterations. */
const mostEvaluations = 250;

export const measureEstimator: Estimator = {
  stages: ["measure"],
  shape: () => Promise.resolve({}),
  async cost(node, known) {
    const { outputs, ...config } = node.config as MeasureConfig;
    const parts = await known.shapeOf(node, "parts", "parts");
    const { classes } = await known.shapeOf(node, "labels", "labels");
    const { image, features } = await sampleExtraction(node, known, outputs);
    const rows = splits.reduce((sum, split) => sum + parts[split], 0);
    let seconds = rows * image;
    for (const dimensions of features) {
      const { evaluation = 0 } = await sampleProbe(node, known, parts, dimensions);
      seconds += evaluationsOf(config, parts.train, classes) * evaluation;
    }
    const numbers = features.reduce((sum, dimensions) => sum + dimensions, 0);
    return { seconds, memory: 4 * rows * numbers, disk: 0 };
  },
};

/** About how often the loss of all rows is computed in all fits of an output; by SGD, that of a batch; of SVMs, how many
 * are fitted. */
export function evaluationsOf(config: ProbeConfig, rows: number, classes: number): number {
  if ("svm" in config) return classes * (config.svm.costs.length * config.svm.folds + 1);
  if ("sgd" in config) {
    const { learningRates, epochs, batchSize } = config.sgd;
    return learningRates.length * epochs * Math.ceil(rows / batchSize);
  }
  return config.costs.reduce((sum, cost) => sum + evaluationsAt(cost), 0);
}

/** About how often the loss is computed in the fit at `cost`. */
export function evaluationsAt(cost: number): number {
  return Math.min(mostEvaluations, evaluationsAt1 * cost ** fall);
}

/** Seconds of an evaluation, with its share of what comes before and behind a fit. */
async function sampleProbe(
  node: Node<string, Services>,
  known: Estimating,
  parts: Shapes["parts"],
  dimensions: number,
): Promise<Sample> {
  const config = node.config as MeasureConfig;
  const { probe, metric, device, threads } = config;
  const labels = await known.shapeOf(node, "labels", "labels");
  // one class of SVMs takes as long as another
  const classes = "svm" in config ? Math.min(labels.classes, sampledMachines) : labels.classes;
  const rowsOf = (rows: number) =>
    Math.max(2, Math.min(rows, Math.floor(mostNumbers / dimensions)));
  const rows = [rowsOf(parts.train), rowsOf(parts.validation), rowsOf(parts.test)] as const;
  const sample = await known.sample(
    node,
    ["probe", probe, metric, device, threads, ...rows, dimensions, classes],
    async () => {
      using open = new DisposableStack();
      const sets: LabelledFeatures[] = [];
      for (const count of rows) {
        const file = open.use(
          await tensorsOf(known, {
            features: featuresOf(count, dimensions, classes),
            labels: probe === "one-vs-rest" ? several(count, classes) : labelsOf(count, classes),
          }),
        );
        sets.push({ features: file.get("features"), labels: file.get("labels") });
      }
      const [train, validation, test] = sets as [
        LabelledFeatures,
        LabelledFeatures,
        LabelledFeatures,
      ];
      const { engine, signal, dir: folder } = known;
      let evaluations = 1;
      const seconds = await secondsOf(async () => {
        const fit = await fitProbe(
          engine,
          { train, validation, test },
          { ...sampled(config), metric, classes, device, threads, folder },
          { signal },
        );
        evaluations = fit.evaluations ?? evaluationsOf(sampled(config), rows[0], classes);
      });
      return { evaluation: seconds / evaluations };
    },
  );
  const { evaluation = 0 } = sample;
  return { evaluation: "sgd" in config ? evaluation : evaluation * parts.train / rows[0] };
}

/** One short fit of a probe. */
function sampled(config: ProbeConfig): ProbeConfig {
  if ("svm" in config) return { ...config, svm: { ...config.svm, costs: [sampledCost] } };
  return "sgd" in config
    ? {
      ...config,
      sgd: { ...config.sgd, learningRates: [sampledRate], epochs: Math.min(4, config.sgd.epochs) },
    }
    : { ...config, costs: [sampledCost] };
}

/** uint8 [rows, classes] with one class for each row. */
function several(rows: number, classes: number) {
  const data = new Uint8Array(rows * classes);
  for (let row = 0; row < rows; row++) data[row * classes + row % classes] = 1;
  return { data, shape: [rows, classes] };
}
