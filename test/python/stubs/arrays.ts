/**
 * The types of Python modules, from their annotations.
 *
 * Made by this command; change the Python and run it again, instead of editing this:
 *
 *     deno task stubs arrays --out test/python/stubs/arrays.ts
 */
// deno-lint-ignore-file
import type { py } from "clusterfit/python";

// --- arrays

export type Floats = py.NDArray<"float32">;

/** Arrays of numpy and torch, with their dtype where it is annotated. */
export interface Arrays extends py.Module<"arrays"> {
  arrays: py.Callable<
    {
      order: ["a", "b", "c", "d", "e", "f", "g"];
      params: {
        a: py.NDArray;
        b: py.NDArray<"int64">;
        c: py.NDArray<"bool">;
        d: py.NDArray;
        e: py.NDArray<"uint8">;
        f: py.NDArray<"float32">;
        g: py.External<
          "numpy.float32",
          "numpy.floating" | "numpy.inexact" | "numpy.number" | "numpy.generic"
        >;
      };
      returns: py.NDArray<"float64">;
    }
  >;
  tensors: py.Callable<
    {
      order: ["a", "b", "c", "d"];
      params: {
        a: py.Tensor;
        b: py.Tensor<"bfloat16">;
        c: py.Tensor<"float32">;
        d: py.List<py.Tensor>;
      };
      returns: py.Tensor<"float32"> | null;
    }
  >;
}
