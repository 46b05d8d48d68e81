/** py/clusterfit/training.py: stochastic gradient descent. */
import { type PyObject } from "clusterfit/python";
import { importModule, job, object } from "./call.ts";
import type { Engine, Trainer } from "./engine.ts";
import { unwrap } from "./handles.ts";

export async function training(): Promise<Engine["training"]> {
  using module = await importModule("training");
  const construct = object(module.attr("Trainer"));
  using tensors = await importModule("tensors");
  const saveTensors = object(tensors.attr("save"));
  return {
    async trainer(network, images, labels, options) {
      const made = await job(
        construct,
        [unwrap(network), unwrap(images), labels && unwrap(labels)],
        {
          task: options.task,
          batch_size: options.batchSize,
          momentum: options.momentum,
          nesterov: options.nesterov,
          weight_decay: options.weightDecay,
          label_smoothing: options.labelSmoothing,
          augmentation: options.augment,
          precision: options.precision,
          device: options.device,
          seed: options.seed,
          threads: options.threads,
        },
        {},
      );
      return new PyTrainer(object(made), saveTensors);
    },
  };
}

class PyTrainer implements Trainer {
  readonly stepsPerEpoch: number;
  readonly #trainer: PyObject;
  readonly #saveTensors: PyObject;

  constructor(trainer: PyObject, saveTensors: PyObject) {
    this.#trainer = trainer;
    this.#saveTensors = saveTensors;
    this.stepsPerEpoch = Number(trainer.attr("steps_per_epoch"));
  }

  get step(): number {
    return Number(this.#trainer.attr("step"));
  }

  async run(learningRates: readonly number[], options: Parameters<Trainer["run"]>[1]) {
    using run = object(this.#trainer.attr("run"));
    using summary = object(await job(run, [learningRates], {}, options, ["loss"]));
    return summary.toJs() as Awaited<ReturnType<Trainer["run"]>>;
  }

  async save(path: string): Promise<void> {
    using save = object(this.#trainer.attr("save"));
    await job(save, [path], {}, {});
  }

  async load(path: string): Promise<void> {
    using load = object(this.#trainer.attr("load"));
    await job(load, [path], {}, {});
  }

  async saveNetwork(path: string): Promise<void> {
    using state = object(this.#trainer.method("network_state"));
    await job(this.#saveTensors, [path, state], {}, {});
  }

  [Symbol.dispose](): void {
    this.#trainer[Symbol.dispose]();
  }
}
