/** `clusterfit.training`: stochastic gradient descent. */
import { kw, type PyObject } from "clusterfit/python";
import { job, module } from "./call.ts";
import type { Engine, JobOptions, Trainer } from "./engine.ts";
import { objectOf } from "./handles.ts";

export const training: Engine["training"] = {
  async trainer(network, images, labels, options) {
    return new PythonTrainer(
      await job(module("training"), "Trainer", [
        objectOf(network),
        objectOf(images),
        labels && objectOf(labels),
        kw({
          task: options.task,
          batch_size: options.batchSize,
          momentum: options.momentum,
          weight_decay: options.weightDecay,
          nesterov: options.nesterov,
          label_smoothing: options.labelSmoothing,
          augmentation: options.augment,
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
  readonly #trainer: PyObject;
  readonly stepsPerEpoch: number;

  constructor(trainer: PyObject) {
    this.#trainer = trainer;
    this.stepsPerEpoch = trainer.attr("steps_per_epoch") as number;
  }

  get step(): number {
    return this.#trainer.attr("step") as number;
  }

  run(learningRates: readonly number[], options: JobOptions) {
    return job<Awaited<ReturnType<Trainer["run"]>>>(
      this.#trainer,
      "run",
      [learningRates],
      options,
      ["loss"],
    );
  }

  save(path: string): Promise<void> {
    return job(this.#trainer, "save", [path]);
  }

  load(path: string): Promise<void> {
    return job(this.#trainer, "load", [path]);
  }

  saveNetwork(path: string): Promise<void> {
    return job(this.#trainer, "save_network", [path]);
  }

  [Symbol.dispose](): void {
    this.#trainer[Symbol.dispose]();
  }
}
