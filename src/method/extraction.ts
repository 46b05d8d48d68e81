/** Features of a frozen network, written as they come: memory stays flat in the number of rows, and a stopped
 * extraction goes on behind the last whole block. */
import { join } from "node:path";
import type { LayerOutput, Network, Source, Tensor } from "../engine/engine.ts";
import { Blocks } from "../pipeline/blocks.ts";
import type { StageContext } from "../pipeline/stage.ts";
import type { EvaluationConfig } from "./placement.ts";
import type { Services } from "./services.ts";

/** The tensor of a file of features. */
export const featuresTensor = "features";

/** Batches that are computed, written and flushed together. */
const blockBatches = 16;

type Context = Pick<
  StageContext<unknown, unknown, Services>,
  "dir" | "key" | "services" | "signal" | "damaged"
>;

export interface Extraction {
  readonly network: Network;
  readonly source: Source;
  /** By a name. */
  readonly outputs: Readonly<Record<string, LayerOutput>>;
  /** In the order of the result; null: every row of the source. */
  readonly rows: readonly number[] | null;
  readonly placement: EvaluationConfig;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Writes the features of each output into `<its name>.safetensors` in the stage's folder, with a record of the
 * blocks there, `<name>.json`. The bytes are those of an extraction of all rows at once. */
export async function extractToFiles(
  { dir, key, services: { engine }, signal, damaged }: Context,
  name: string,
  { network, source, outputs, rows, placement, onProgress }: Extraction,
): Promise<void> {
  const total = rows?.length ?? source.rows;
  const blocks = await Blocks.open(dir, `${name}.json`, key, damaged);
  while (blocks.rows < total) {
    signal.throwIfAborted();
    const start = blocks.rows;
    const end = Math.min(total, start + blockBatches * placement.batchSize);
    const block = rows
      ? rows.slice(start, end)
      : Array.from({ length: end - start }, (_, at) => start + at);
    using features = await engine.features.extract(
      network,
      source,
      outputs,
      { ...placement, rows: block },
      { signal, onProgress: (done) => onProgress?.(start + done, total) },
    );
    const written: Record<string, { bytes: number; sha256: string }> = {};
    for (const output of Object.keys(outputs)) {
      const file = `${output}.safetensors`;
      written[file] = await engine.tensors.append(
        join(dir, file),
        featuresTensor,
        features.get(output),
        { total, start },
      );
    }
    await blocks.add(block.length, written);
  }
}

/** Features by the name of their output. */
export interface Extracted extends Disposable {
  get(output: string): Tensor;
}

/** The features of some rows, for a stage that needs them only while it works: in memory where one block holds
 * them, else in files that belong to no artifact, `<name>-<output>.safetensors`. */
export async function extracted(
  context: Context,
  name: string,
  extraction: Extraction & { readonly rows: readonly number[] },
): Promise<Extracted> {
  const { services: { engine }, signal, dir } = context;
  const { network, source, outputs, rows, placement } = extraction;
  if (rows.length <= blockBatches * placement.batchSize) {
    const how = { ...placement, rows };
    return await engine.features.extract(network, source, outputs, how, { signal });
  }
  const named = Object.fromEntries(
    Object.entries(outputs).map(([output, layer]) => [`${name}-${output}`, layer]),
  );
  await extractToFiles(context, name, { ...extraction, outputs: named });
  using open = new DisposableStack();
  const tensors = new Map<string, Tensor>();
  for (const output of Object.keys(outputs)) {
    const file = open.use(await engine.tensors.load(join(dir, `${name}-${output}.safetensors`)));
    tensors.set(output, file.get(featuresTensor));
  }
  const opened = open.move();
  return {
    get: (output) => tensors.get(output)!,
    [Symbol.dispose]: () => opened[Symbol.dispose](),
  };
}
