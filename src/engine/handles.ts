/** Python's tensors and networks as the rest of the code sees them. */
import type { py, PyObject } from "clusterfit/python";
import type { Network, Tensor, TensorFile } from "./engine.ts";
import type { Net } from "./py.ts";

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
  constructor(readonly object: PyObject<Net>) {}

  [Symbol.dispose](): void {
    this.object[Symbol.dispose]();
  }
}

/** Takes over a torch.Tensor. */
export function wrapTensor(object: PyObject<py.Tensor>): Tensor {
  return new PythonTensor(object);
}

/** Takes over a network of `clusterfit.nets`. */
export function wrapNetwork(object: PyObject<Net>): Network {
  return new PythonNetwork(object);
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
        `There is no tensor "${name}" here; there are: ${
          [...tensors.keys()].toSorted().join(", ")
        }.`,
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
  throw new TypeError("This tensor belongs to another engine.");
}

/** The Python object behind a network; it stays the network's. */
export function networkOf(handle: Network): PyObject<Net> {
  if (handle instanceof PythonNetwork) return handle.object;
  throw new TypeError("This network belongs to another engine.");
}
