/** Batch, learning rate and warm-up of a training, where they are left to the number of images. */

/** Chosen for ten thousand icons (docs/EXPERIMENT.md). */
export const usual = { batchSize: 128, learningRate: 0.1, warmupSteps: 100 } as const;

/** Below so many steps, smaller batches make more of them. */
const fewestSteps = 500;
const smallestBatch = 16;
/** Share of the steps that a warm-up takes at most. */
const warmupShare = 0.2;

type Paced<T> = { readonly [Key in keyof typeof usual]: T };

/**
 * What `auto` becomes in a training of so many rows and epochs: the usual batch, halved while there are too few steps;
 * a learning rate that is proportional to the batch (Goyal et al., 2017); and a warm-up that leaves most of the steps to
 * the schedule.
 */
export function paced(
  { batchSize, learningRate, warmupSteps }: Paced<number | "auto">,
  { rows, epochs }: { readonly rows: number; readonly epochs: number },
): Paced<number> {
  const batch = batchSize === "auto" ? batchFor(rows, epochs) : batchSize;
  const steps = stepsOf(rows, epochs, batch);
  return {
    batchSize: batch,
    learningRate: learningRate === "auto"
      ? usual.learningRate * batch / usual.batchSize
      : learningRate,
    warmupSteps: warmupSteps === "auto"
      ? Math.min(usual.warmupSteps, Math.floor(warmupShare * steps))
      : warmupSteps,
  };
}

function batchFor(rows: number, epochs: number): number {
  let batch: number = usual.batchSize;
  while (batch > smallestBatch && stepsOf(rows, epochs, batch) < fewestSteps) batch /= 2;
  return batch;
}

/** Rows that do not fill a batch are left for another epoch. */
export function stepsOf(rows: number, epochs: number, batch: number): number {
  return epochs * Math.floor(rows / Math.min(batch, rows));
}
