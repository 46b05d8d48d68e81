/**
 * Long lists of numbers: `marshal` writes them into one block, which JS parses. With the GIL held.
 */
import { builtin } from "./builtins.ts";
import { check } from "./check.ts";
import { helper } from "./helper.ts";
import { c } from "./library.ts";
import { typeOf } from "./memory.ts";
import { bytesToJs, singletons, types } from "./scalars.ts";

/** From this length on one block is faster than a call for each element. */
const many = 32;

/** The elements of a long list of floats and ints of 32 bits; undefined where it is another one. */
export function numbersToJs(address: bigint): number[] | undefined {
  if (!looksNumeric(address)) return undefined;
  const dumped = check(c.PyObject_CallOneArg(helper("dumped"), address));
  try {
    return dumped === singletons.none ? undefined : parse(bytesToJs(dumped));
  } finally {
    c.Py_DecRef(dumped);
  }
}

function looksNumeric(list: bigint): boolean {
  if (BigInt(typeOf(list)) !== builtin("list") || c.PyList_Size(list) < many) return false;
  const first = typeOf(c.PyList_GetItem(list, 0n));
  return first === types.float || first === types.int;
}

// How `marshal` names the type of an object, in one byte; objects that are met again have a flag.
const float = "g".charCodeAt(0);
const int32 = "i".charCodeAt(0);
const again = "r".charCodeAt(0);
const flag = 0x80;
const header = 5; // the type of the list, and its length

/** The elements of a list that `marshal` wrote; undefined where one is not a small number. */
function parse(bytes: Uint8Array<ArrayBuffer>): number[] | undefined {
  const data = new DataView(bytes.buffer);
  const flagged = bytes[0]! & flag ? [NaN] : []; // the list itself is the first
  const values: number[] = [];
  for (let at = header; at < bytes.length;) {
    const type = bytes[at]!;
    let value: number;
    switch (type & ~flag) {
      case float:
        value = data.getFloat64(at + 1, true);
        at += 9;
        break;
      case int32:
        value = data.getInt32(at + 1, true);
        at += 5;
        break;
      case again: {
        const index = data.getInt32(at + 1, true);
        if (index === 0 && bytes[0]! & flag) return undefined; // the list is in itself
        value = flagged[index]!;
        at += 5;
        break;
      }
      default:
        return undefined;
    }
    if (type & flag) flagged.push(value);
    values.push(value);
  }
  return values;
}
