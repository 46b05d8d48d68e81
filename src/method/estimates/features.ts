/** Extraction: seconds for an image, and how many numbers a layer gives, measured on a few batches. */
import type { LayerOutput } from "../../engine/engine.ts";
import type { Node } from "../../pipeline/graph.ts";
import type { EvaluationConfig } from "../placement.ts";
import type { Services } from "../services.ts";
import type { ExtractConfig } from "../stages/extract.ts";
import type { Estimating, Estimator, Sample } from "./estimator.ts";
import { secondsOf } from "./synthetic.ts";

/** Batches that are measured, after one that warms up. */
const batches = 2;

export const extractEstimator: Estimator = {
  stages: ["extract"],
  async shape(node, known) {
    const { rows } = await known.shapeOf(node, "data", "dataset");
    const { features } = await sampleExtraction(node, known, outputOf(node));
    return { rows, dimensions: features[0] ?? 0 };
  },
  async cost(node, known) {
    const { rows, held } = await known.shapeOf(node, "data", "dataset");
    const { image, features } = await sampleExtraction(node, known, outputOf(node));
    const bytes = 4 * rows * (features[0] ?? 0);
    return { seconds: rows * image, memory: bytes + rows * held, disk: bytes };
  },
};

export interface Extraction {
  /** Seconds for one image. */
  readonly image: number;
  /** Numbers of each output. */
  readonly features: readonly number[];
}

function outputOf({ config }: Node<string, Services>): readonly LayerOutput[] {
  return [{ layer: (config as ExtractConfig).layer, budget: null }];
}

/** What these outputs take and give, of the network and data that a node reads by an EvaluationConfig. */
export async function sampleExtraction(
  node: Node<string, Services>,
  known: Estimating,
  outputs: readonly LayerOutput[],
): Promise<Extraction> {
  const { arch, width } = await known.shapeOf(node, "network", "network");
  const { device, precision, threads, batchSize, view } = node.config as EvaluationConfig;
  const sample = await known.sample(
    node,
    [
      ...["extract", arch, width, device, precision, threads, batchSize],
      ...[JSON.stringify(view), JSON.stringify(outputs)],
    ],
    () => extractSample(node, known, outputs),
  );
  return { image: sample["image"] ?? 0, features: outputs.map((_, at) => sample[`${at}`] ?? 0) };
}

async function extractSample(
  node: Node<string, Services>,
  known: Estimating,
  outputs: readonly LayerOutput[],
): Promise<Sample> {
  const { engine, signal } = known;
  const { device, precision, threads, batchSize, view } = node.config as EvaluationConfig;
  const { arch, width, heads } = await known.shapeOf(node, "network", "network");
  using open = new DisposableStack();
  const { source } = open.use(await known.open(node, "data", batches * batchSize));
  const { rows } = source;
  const network = open.use(await engine.models.build({ arch, width, heads, seed: 1 }));
  const named = Object.fromEntries(outputs.map((output, at) => [`${at}`, output]));
  const extract = async (count: number) => {
    using features = await engine.features.extract(
      network,
      source,
      named,
      {
        ...{ device, precision, threads, batchSize, view },
        rows: Array.from({ length: count }, (_, row) => row),
      },
      { signal },
    );
    return outputs.map((_, at) => features.get(`${at}`).shape[1] ?? 0);
  };
  const dimensions = await extract(Math.min(rows, batchSize));
  const image = await secondsOf(() => extract(rows)) / rows;
  return { image, ...Object.fromEntries(dimensions.map((size, at) => [`${at}`, size])) };
}
