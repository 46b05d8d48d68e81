/** Python's objects as the rest of the code sees them. */
import type { py, PyObject } from "../python/mod.ts";
import type { Network, Objective, Source, Tensor, TensorFile } from "./engine.ts";
import type * as own from "./py.ts";

class PythonTensor implements Tensor {
  readonly shape: readonly number[];
  readonly dtype: string;

  constructor(readonly object: PyObject<py.Tensor>) {
    using shape = object.attr("shape");
    this.shape = shape.toJs();
    this.dtype = String(object.attr("dtype")).replace("torch.", "");
  }

  [Symbol.dispose](): void {
    this.object[Symbol.dispose]();
  }
}

class PythonNetwork implements Network {
  constructor(readonly object: PyObject<own.Network>) {}

  [Symbol.dispose](): void {
    this.object[Symbol.dispose]();
  }
}

class PythonSource implements Source {
  readonly rows: number;

  constructor(readonly object: PyObject<own.Source>) {
    this.rows = object.attr("rows");
  }

  [Symbol.dispose](): void {
    this.object[Symbol.dispose]();
  }
}

class PythonObjective implements Objective {
  readonly metrics: readonly string[];

  constructor(readonly object: PyObject<own.Objective>) {
    using metrics = object.attr("metrics");
    this.metrics = [...metrics];
  }

  [Symbol.dispose](): void {
    this.object[Symbol.dispose]();
  }
}

/** Takes over a torch.Tensor. */
export function wrapTensor(object: PyObject<py.Tensor>): Tensor {
  return new PythonTensor(object);
}

/** Takes over a network of `clusterfit.models`. */
export function wrapNetwork(object: PyObject<own.Network>): Network {
  return new PythonNetwork(object);
}

/** Takes over a source of `clusterfit.data`. */
export function wrapSource(object: PyObject<own.Source>): Source {
  return new PythonSource(object);
}

/** Takes over an objective of `clusterfit.objectives`. */
export function wrapObjective(object: PyObject<own.Objective>): Objective {
  return new PythonObjective(object);
}

/** Takes over named tensors. */
export function wrapTensors(objects: Readonly<Record<string, PyObject<py.Tensor>>>): TensorFile {
  const tensors = new Map(
    Object.entries(objects).map(([name, object]) => [name, wrapTensor(object)]),
  );
  return {
    has: (name) => tensors.has(name),
    get(name) {
      const tensor = tensors.get(name);
      if (tensor) return tensor;
      throw new Error(
        `Cannot read the tensor "${name}": it needs one of ${
          [...tensors.keys()].toSorted().join(", ")
        }. Name one of them, or make the file again.`,
      );
    },
    [Symbol.dispose]() {
      for (const tensor of tensors.values()) tensor[Symbol.dispose]();
    },
  };
}

/** The Python object behind a tensor; it stays the tensor's. */
export function tensorOf(handle: Tensor): PyObject<py.Tensor> {
  if (handle instanceof PythonTensor) return handle.object;
  throw foreign("tensor");
}

/** The Python object behind a network; it stays the network's. */
export function networkOf(handle: Network): PyObject<own.Network> {
  if (handle instanceof PythonNetwork) return handle.object;
  throw foreign("network");
}

/** The Python object behind a source; it stays the source's. */
export function sourceOf(handle: Source): PyObject<own.Source> {
  if (handle instanceof PythonSource) return handle.object;
  throw foreign("source");
}

/** The Python object behind an objective; it stays the objective's. */
export function objectiveOf(handle: Objective): PyObject<own.Objective> {
  if (handle instanceof PythonObjective) return handle.object;
  throw foreign("objective");
}

function foreign(kind: string): TypeError {
  return new TypeError(
    `Cannot use this ${kind}: it needs one that this engine made, found another object.`,
  );
}
