/** py/clusterfit/tensors.py: named tensors in safetensors files. */
import { type Convertible, python } from "clusterfit/python";
import { importModule, job, object, translated } from "./call.ts";
import type { Engine, HostArray, Tensor } from "./engine.ts";
import { PyTensor, PyTensorFile, unwrap } from "./handles.ts";

export async function tensors(): Promise<Engine["tensors"]> {
  using module = await importModule("tensors");
  const load = object(module.attr("load"));
  const save = object(module.attr("save"));
  const torch = python.import("torch");
  return {
    async load(path) {
      return new PyTensorFile(object(await job(load, [path], {}, {})));
    },

    async save(path, named) {
      const values = Object.entries(named).map(([name, value]) => [name, toPython(value)] as const);
      await job(save, [path, Object.fromEntries(values)], {}, {});
    },

    toArray(tensor) {
      using view = unwrap(tensor).view();
      const { data } = view;
      if (data instanceof BigInt64Array) return Float64Array.from(data, Number);
      if (
        data instanceof Uint8Array || data instanceof Int32Array ||
        data instanceof Float32Array || data instanceof Float64Array
      ) return data.slice();
      throw new TypeError(`a copy of a ${view.dtype} tensor as numbers is not supported`);
    },

    take(tensor, rows) {
      return translated(() => {
        using index = object(torch.method("tensor", rows));
        return new PyTensor(object(unwrap(tensor).method("index_select", 0, index)));
      });
    },
  };
}

function toPython(value: Tensor | HostArray): Convertible {
  return "data" in value ? python.array(value.data, { shape: value.shape }) : unwrap(value);
}
