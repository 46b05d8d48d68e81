/** Typed arrays of JS as ndarrays over the same memory. */
import { callHelper } from "./helper.ts";
import { addressOfView } from "./memory.ts";
import { hold } from "./held.ts";
import { typestrOf } from "./dtype.ts";
import { exporters } from "./to_python.ts";

/**
 * A new ndarray over the memory of a typed array. Python keeps the typed array alive; a buffer that
 * is given away with `transfer()` or resized meanwhile is the caller's fault. With the GIL held.
 */
export function viewToPython(view: ArrayBufferView, shape?: readonly number[]): bigint {
  const typestr = typestrOf(view);
  if (typestr === undefined) {
    throw new TypeError(
      `Making an ndarray failed: a typed array is required, found: ${view.constructor.name}. ` +
        "Over the buffer of a DataView make a Uint8Array; an Array is for numpy.array(...).",
    );
  }
  if (view.buffer instanceof ArrayBuffer && view.buffer.resizable) {
    throw new TypeError(
      "Passing a typed array to Python failed: its buffer is resizable, so that its memory could " +
        "go away; pass a copy (typedArray.slice()).",
    );
  }
  const { length } = view as ArrayBufferView & { length: number };
  const dimensions = shape ?? [length];
  const elements = dimensions.reduce((product, n) => product * n, 1);
  if (elements !== length || dimensions.some((n) => !Number.isInteger(n) || n < 0)) {
    throw new RangeError(
      `Passing a typed array to Python failed: shape [${
        dimensions.join(", ")
      }] needs ${elements} ` +
        `elements, the array has ${length}.`,
    );
  }
  return callHelper("array", hold(view), addressOfView(view), typestr, dimensions);
}

exporters.view = viewToPython;
