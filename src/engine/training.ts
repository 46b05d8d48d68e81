/** `clusterfit.training`: stochastic gradient descent. */
import { kw, type PyObject, python } from "../python/mod.ts";
import { job } from "./call.ts";
import { augmentationOf, viewOf } from "./data.ts";
import type { Engine, JobOptions, Trainer } from "./engine.ts";
import { networkOf, objectiveOf, sourceOf } from "./handles.ts";
import type * as py from "./py.ts";

const module = () => python.import<py.Training>("clusterfit.training");

export const training: Engine["training"] = {
  async trainer(network, source, objective, options) {
    using view = viewOf(options.view);
    using augmentation = augmentationOf(options.augment);
    return new PythonTrainer(
      await job(module(), "Trainer", [
        networkOf(network),
        sourceOf(source),
        objectiveOf(objective),
        kw({
          view,
          batch_size: options.batchSize,
          momentum: options.momentum,
          weight_decay: options.weightDecay,
          nesterov: options.nesterov,
          label_smoothing: options.labelSmoothing,
          augmentation,
          precision: options.precision,
          device: options.device,
          seed: options.seed,
          threads: options.threads,
        }),
      ]),
    );
  },
};

class PythonTrainer implements Trainer {
  readonly #trainer: PyObject<py.Trainer>;
  readonly stepsPerEpoch: number;

  constructor(trainer: PyObject<py.Trainer>) {
    this.#trainer = trainer;
    this.stepsPerEpoch = trainer.attr("steps_per_epoch");
  }

  get step(): number {
    return this.#trainer.attr("step");
  }

  run(learningRates: readonly number[], options: JobOptions) {
    return job(this.#trainer, "run", [learningRates], options, ["loss"]);
  }

  async save(path: string): Promise<void> {
    await job(this.#trainer, "save", [path]);
  }

  async load(path: string): Promise<void> {
    await job(this.#trainer, "load", [path]);
  }

  async saveNetwork(path: string): Promise<void> {
    await job(this.#trainer, "save_network", [path]);
  }

  [Symbol.dispose](): void {
    this.#trainer[Symbol.dispose]();
  }
}
