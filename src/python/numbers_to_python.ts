/** Long arrays of numbers: JS fills one block of memory and C makes the list. With the GIL held. */
import { callHelper } from "./helper.ts";
import { newMemoryView } from "./memory_view.ts";
import { unscoped } from "./ref.ts";
import { becomesInt } from "./scalars.ts";
import { converters } from "./to_python.ts";
import { wrapNew } from "./wrap.ts";

converters.numbers = (values) => {
  const first = values[0];
  if (values.length < many || typeof first !== "number") return undefined;
  const memory = spare.byteLength >= 8 * values.length ? spare : new ArrayBuffer(8 * values.length);
  spare = none; // a nested conversion, in a finalizer for example, allocates its own
  try {
    return becomesInt(first) ? smallInts(values, memory) : floats(values, memory);
  } finally {
    spare = memory.byteLength <= most ? memory : none;
  }
};

/** From this length on one block is faster than a call for each element. */
const many = 32;

// A block is kept for the next array: new ones of this size have V8 collect garbage all the time.
const most = 1 << 20;
const none = new ArrayBuffer(0);
let spare = none;

function floats(values: readonly unknown[], memory: ArrayBuffer): bigint | undefined {
  const block = new Float64Array(memory, 0, values.length);
  for (let i = 0; i < block.length; i++) {
    const value = values[i];
    if (typeof value !== "number" || becomesInt(value)) return undefined;
    block[i] = value;
  }
  return listOf(block, "d");
}

function smallInts(values: readonly unknown[], memory: ArrayBuffer): bigint | undefined {
  const block = new Int32Array(memory, 0, values.length);
  for (let i = 0; i < block.length; i++) {
    const value = values[i];
    if (typeof value !== "number") return undefined;
    const int = value | 0;
    if (!Object.is(int, value)) return undefined;
    block[i] = int;
  }
  return listOf(block, "i");
}

/** A new list of the elements; the format is that of Python's `struct`. */
function listOf(
  block: Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer>,
  format: "d" | "i",
): bigint {
  using memory = unscoped(() => wrapNew(newMemoryView(block)));
  return callHelper("listed", memory, format);
}
