/** `clusterfit.data`: sources of images, and how a network reads them. */
import { kw, type PyObject, python } from "clusterfit/python";
import { call } from "./call.ts";
import type { Engine, View } from "./engine.ts";
import { tensorOf, wrapSource } from "./handles.ts";
import type * as py from "./py.ts";

const module = () => python.import<py.Data>("clusterfit.data");

export const data: Engine["data"] = {
  packed: (images) =>
    wrapSource(call(module(), "make", "packed", kw({ images: tensorOf(images) }))),
};

/** The view as Python's own; dispose it. */
export function viewOf({ size, clips, frames, preprocessing }: View): PyObject<py.View> {
  if (!preprocessing) return module().method("View", size, clips, frames);
  const { resize, interpolation, mean, std } = preprocessing;
  using own = module().method("Preprocessing", resize, interpolation, [...mean], [...std]);
  return module().method("View", size, clips, frames, own);
}
