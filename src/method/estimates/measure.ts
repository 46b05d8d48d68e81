/** Probes: features of every part, then for each output a fit at each cost. */
import { splits } from "../../data/split.ts";
import type { Node } from "../../pipeline/graph.ts";
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
    const { costs, outputs } = node.config as MeasureConfig;
    const parts = await known.shapeOf(node, "parts", "parts");
    const { image, features } = await sampleExtraction(node, known, outputs);
    const rows = splits.reduce((sum, split) => sum + parts[split], 0);
    const evaluations = costs.reduce((sum, cost) => sum + evaluationsOf(cost), 0);
    let seconds = rows * image;
    for (const dimensions of features) {
      const { evaluation = 0 } = await sampleProbe(node, known, parts, dimensions);
      seconds += evaluations * evaluation;
    }
    const numbers = features.reduce((sum, dimensions) => sum + dimensions, 0);
    return { seconds, memory: 4 * rows * numbers, disk: 0 };
  },
};

/** About how often the loss is computed in the fit at `cost`. */
export function evaluationsOf(cost: number): number {
  return Math.min(mostEvaluations, evaluationsAt1 * cost ** fall);
}

/** Seconds of an evaluation, with its share of what comes before and behind a fit. */
async function sampleProbe(
  node: Node<string, Services>,
  known: Estimating,
  parts: Shapes["parts"],
  dimensions: number,
): Promise<Sample> {
  const { probe, metric, device, threads } = node.config as MeasureConfig;
  const { classes } = await known.shapeOf(node, "labels", "labels");
  const { engine, signal } = known;
  const rowsOf = (rows: number) =>
    Math.max(2, Math.min(rows, Math.floor(mostNumbers / dimensions)));
  const rows = [rowsOf(parts.train), rowsOf(parts.validation), rowsOf(parts.test)] as const;
  const sample = await known.sample(
    node,
    ["probe", probe, metric, device, threads, ...rows, dimensions, classes],
    async () => {
      using open = new DisposableStack();
      const sets = [];
      for (const count of rows) {
        const file = open.use(
          await tensorsOf(known, {
            features: featuresOf(count, dimensions, classes),
            labels: probe === "one-vs-rest" ? several(count, classes) : labelsOf(count, classes),
          }),
        );
        sets.push({ features: file.get("features"), labels: file.get("labels") });
      }
      const [train, ...others] = sets;
      let evaluations = 1;
      const seconds = await secondsOf(async () => {
        const options = { costs: [sampledCost], classes, device, threads };
        const [fit] = await engine.probes.sweep(probe, metric, train!, others, options, { signal });
        evaluations = fit?.evaluations ?? 1;
      });
      return { evaluation: seconds / evaluations };
    },
  );
  return { evaluation: (sample["evaluation"] ?? 0) * parts.train / rows[0] };
}

/** uint8 [rows, classes] with one class for each row. */
function several(rows: number, classes: number) {
  const data = new Uint8Array(rows * classes);
  for (let row = 0; row < rows; row++) data[row * classes + row % classes] = 1;
  return { data, shape: [rows, classes] };
}
