/** `clusterfit.tensors`: tensors to and from files and typed arrays. */
import { kw, type py, type PyObject, python } from "../python/mod.ts";
import { call, job } from "./call.ts";
import type { Engine, HostArray, Tensor } from "./engine.ts";
import { tensorOf, wrapTensor, wrapTensors } from "./handles.ts";
import type { Tensors } from "./py.ts";

const module = () => python.import<Tensors>("clusterfit.tensors");

export const tensors: Engine["tensors"] = {
  // Not a job: the bytes stay in the file until they are used.
  load: (path) => Promise.try(() => wrapTensors(call(module(), "load", path))),

  async save(path, values) {
    const objects = Object.entries(values).map(([name, value]) => [name, toPython(value)] as const);
    await job(module(), "save", [path, Object.fromEntries(objects)]);
  },

  append(path, name, rows, { total, start }) {
    return job(module(), "append", [path, name, tensorOf(rows), kw({ total, start })]);
  },

  toArray(tensor) {
    using contiguous = tensorOf(tensor).method("contiguous") as PyObject<py.Tensor>;
    using view = contiguous.view();
    const { data } = view;
    if (data instanceof BigInt64Array) return Float64Array.from(data, Number);
    if (
      data instanceof Uint8Array || data instanceof Float32Array || data instanceof Float64Array
    ) return data.slice();
    throw new TypeError(
      `Cannot copy a tensor of ${tensor.dtype}: it needs uint8, int64, float32 or float64. Convert it.`,
    );
  },

  take(tensor, rows, { folder } = {}) {
    using indices = python.array(Int32Array.from(rows));
    return wrapTensor(call(module(), "take", tensorOf(tensor), indices, folder ?? null));
  },
};

/** Row numbers as an int64 tensor. */
export function indices(rows: readonly number[]): PyObject<py.Tensor> {
  return fromHost({ data: BigInt64Array.from(rows, BigInt), shape: [rows.length] });
}

/** As a tensor that shares the array's memory; dispose it. */
export function fromHost({ data, shape }: HostArray): PyObject<py.Tensor> {
  using array = python.array(data, { shape });
  return call(module(), "tensor", array);
}

function toPython(value: Tensor | HostArray): PyObject<py.NDArray> | PyObject<py.Tensor> {
  return "data" in value ? python.array(value.data, { shape: value.shape }) : tensorOf(value);
}
