/** Python's tensors and networks as the rest of the code sees them. */
import type { PyObject } from "clusterfit/python";
import type { Network, Tensor, TensorFile } from "./engine.ts";

class PythonTensor implements Tensor {
  readonly shape: readonly number[];
  readonly dtype: string;

  constructor(readonly object: PyObject) {
    using shape = object.attr("shape") as PyObject;
    this.shape = shape.toJs() as number[];
    this.dtype = String(object.attr("dtype")).replace("torch.", "");
  }

  [Symbol.dispose](): void {
    this.object[Symbol.dispose]();
  }
}

class PythonNetwork implements Network {
  constructor(readonly object: PyObject) {}

  [Symbol.dispose](): void {
    this.object[Symbol.dispose]();
  }
}

/** Takes over a torch.Tensor. */
export function wrapTensor(object: PyObject): Tensor {
  return new PythonTensor(object);
}

/** Takes over a network of `clusterfit.nets`. */
export function wrapNetwork(object: PyObject): Network {
  return new PythonNetwork(object);
}

/** Takes over named tensors. */
export function wrapTensors(objects: Readonly<Record<string, PyObject>>): TensorFile {
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

/** The Python object behind a tensor or a network; it stays theirs. */
export function objectOf(handle: Tensor | Network): PyObject {
  if (handle instanceof PythonTensor || handle instanceof PythonNetwork) return handle.object;
  throw new TypeError("This tensor or network belongs to another engine.");
}
