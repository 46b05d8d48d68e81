/** Long arrays of numbers: JS fills one block of memory and C makes the list. With the GIL held. */
import { memoryOf } from "./held.ts";
import { callHelper } from "./helper.ts";
import { owned, unscoped } from "./ref.ts";
import { becomesInt } from "./scalars.ts";
import { exporters } from "./to_python.ts";

exporters.numbers = (values) => {
  const first = values[0];
  if (values.length < many || typeof first !== "number") return undefined;
  return becomesInt(first) ? smallInts(values) : floats(values);
};

/** From this length on one block is faster than a call for each element. */
const many = 32;

function floats(values: readonly unknown[]): bigint | undefined {
  const block = new Float64Array(new ArrayBuffer(8 * values.length));
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value !== "number" || becomesInt(value)) return undefined;
    block[i] = value;
  }
  return listOf(block, "d");
}

function smallInts(values: readonly unknown[]): bigint | undefined {
  const block = new Int32Array(new ArrayBuffer(4 * values.length));
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value !== "number") return undefined;
    const int = value | 0;
    if (!Object.is(int, value)) return undefined;
    block[i] = int;
  }
  return listOf(block, "i");
}

/** A new list of the elements; the format is that of Python's `struct`. */
function listOf(block: Float64Array | Int32Array, format: "d" | "i"): bigint {
  using memory = unscoped(() => owned(memoryOf(block)));
  return callHelper("listed", memory, format);
}
