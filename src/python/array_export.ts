/** Typed arrays of JS as ndarrays over the same memory. */
import { typestrOf } from "./dtype.ts";
import { callHelper } from "./helper.ts";
import { addressOfView } from "./memory.ts";
import { register } from "./registry.ts";
import { converters } from "./to_python.ts";

/**
 * A new reference to an ndarray over the memory of a typed array, which Python keeps alive. The caller
 * must not `transfer()` its buffer meanwhile. With the GIL held.
 */
export function viewToPython(view: ArrayBufferView, shape?: readonly number[]): bigint {
  const typestr = typestrOf(view);
  if (typestr === undefined) {
    throw new TypeError(
      `Cannot make an ndarray: it needs a typed array, found ${view.constructor.name}. ` +
        "Make a Uint8Array over the buffer of a DataView; pass an Array to numpy.array(...).",
    );
  }
  if (view.buffer instanceof ArrayBuffer && view.buffer.resizable) {
    throw new TypeError(
      "Cannot pass this typed array to Python: it needs a buffer of fixed length, found a resizable " +
        "one, whose memory can move. Pass a copy: typedArray.slice().",
    );
  }
  const { length } = view as ArrayBufferView & { length: number };
  const dimensions = shape ?? [length];
  const elements = dimensions.reduce((product, n) => product * n, 1);
  if (elements !== length || dimensions.some((n) => !Number.isInteger(n) || n < 0)) {
    throw new RangeError(
      `Cannot pass this typed array to Python: shape [${
        dimensions.join(", ")
      }] needs ${elements} ` +
        `elements, found ${length}. Give a shape of whole numbers whose product is ${length}.`,
    );
  }
  return callHelper("array", register(view), addressOfView(view), typestr, dimensions);
}

converters.view = viewToPython;
