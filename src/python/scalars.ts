/** None, bool, int, float, str and bytes, each both ways. All with the GIL held. */
import { check, checkStatus } from "./check.ts";
import { c } from "./library.ts";
import { addressOfView, copyFrom, cString, typeOf } from "./memory.ts";

/** Python values that have a JS value of their own. */
export type Scalar = null | boolean | number | bigint | string | Uint8Array<ArrayBuffer>;

/** Exact types of the scalars, as `typeOf` gives them; set at the start. */
export const types: Record<"none" | "bool" | "int" | "float" | "str" | "bytes", number> = {
  none: 0,
  bool: 0,
  int: 0,
  float: 0,
  str: 0,
  bytes: 0,
};

/** Borrowed references to the singletons, which are never freed. */
export const singletons: { none: bigint; true: bigint; false: bigint } = {
  none: 0n,
  true: 0n,
  false: 0n,
};

/** Sets {@linkcode types} and {@linkcode singletons}. */
export function initScalars(builtins: bigint): void {
  const named = (name: string) => {
    const key = check(textToPython(name));
    const found = check(c.PyDict_GetItemWithError(builtins, key));
    c.Py_DecRef(key);
    return found;
  };
  singletons.none = named("None");
  singletons.true = named("True");
  singletons.false = named("False");
  types.none = typeOf(singletons.none);
  types.bool = typeOf(singletons.true);
  for (const name of ["int", "float", "str", "bytes"] as const) types[name] = Number(named(name));
}

/** Whether a JS number becomes an int: a safe integer, but not -0. */
export function becomesInt(value: number): boolean {
  return Number.isSafeInteger(value) && !Object.is(value, -0);
}

/** JS number to a new int or, where it is not one, to a new float. */
export function numberToPython(value: number): bigint {
  return check(becomesInt(value) ? c.PyLong_FromDouble(value) : c.PyFloat_FromDouble(value));
}

/** JS BigInt to a new int, of any size. */
export function bigintToPython(value: bigint): bigint {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return check(c.PyLong_FromDouble(number));
  return check(c.PyLong_FromString(cString(value.toString(16)), 0n, 16));
}

/** Python int to a number when that is safe, else to a BigInt. */
export function intToJs(address: bigint): number | bigint {
  const number = c.PyLong_AsDouble(address);
  if (number === -1 && c.PyErr_Occurred() !== 0n) c.PyErr_Clear();
  else if (Number.isSafeInteger(number)) return number;
  return largeIntToJs(address);
}

function largeIntToJs(address: bigint): bigint {
  const text = check(c.PyNumber_ToBase(address, 16));
  try {
    const digits = textToJs(text);
    return digits.startsWith("-") ? -BigInt(digits.slice(1)) : BigInt(digits);
  } finally {
    c.Py_DecRef(text);
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const scratch = new Uint8Array(new ArrayBuffer(3 * 1024));
const surrogatepass = cString("surrogatepass");
const littleEndian = new Int32Array(new ArrayBuffer(4));
const scratchAddress = addressOfView(scratch);
const length = new Uint32Array(new ArrayBuffer(8));
const lengthAddress = addressOfView(length);

/** JS string to a new str; NUL and lone surrogates are kept. */
export function textToPython(text: string): bigint {
  const ascii = shortAscii(text);
  if (ascii !== undefined) return check(c.PyUnicode_FromStringAndSize(scratchAddress, ascii));
  if (!text.isWellFormed()) return surrogatesToPython(text);
  if (text.length * 3 <= scratch.length) {
    const { written } = encoder.encodeInto(text, scratch);
    return check(c.PyUnicode_FromStringAndSize(scratchAddress, BigInt(written)));
  }
  const bytes = encoder.encode(text);
  return check(c.PyUnicode_DecodeUTF8(bytes, BigInt(bytes.length), 0n));
}

const lengths = Array.from({ length: 33 }, (_, i) => BigInt(i));

/** Writes a short ASCII string into the scratch space; its length, or undefined if it is not one. */
function shortAscii(text: string): bigint | undefined {
  if (text.length >= lengths.length) return undefined;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) return undefined;
    scratch[i] = code;
  }
  return lengths[text.length];
}

function surrogatesToPython(text: string): bigint {
  const units = new Uint16Array(text.length);
  for (let i = 0; i < units.length; i++) units[i] = text.charCodeAt(i);
  littleEndian[0] = -1;
  return check(
    c.PyUnicode_DecodeUTF16(
      units,
      BigInt(units.byteLength),
      surrogatepass,
      addressOfView(littleEndian),
    ),
  );
}

/** Python str to a JS string. */
export function textToJs(address: bigint): string {
  const utf8 = c.PyUnicode_AsUTF8AndSize(address, lengthAddress);
  if (utf8 === null) {
    c.PyErr_Clear();
    return surrogatesToJs(address);
  }
  const size = length[1]! * 0x1_0000_0000 + length[0]!;
  const text = Deno.UnsafePointerView.getCString(utf8);
  if (text.length === size) return text;
  return decoder.decode(Deno.UnsafePointerView.getArrayBuffer(utf8, size));
}

function surrogatesToJs(address: bigint): string {
  const encoded = check(c.PyUnicode_AsEncodedString(address, cString("utf-16-le"), surrogatepass));
  try {
    const units = new Uint16Array(bytesToJs(encoded).buffer);
    const parts: string[] = [];
    for (let at = 0; at < units.length; at += 8192) {
      parts.push(String.fromCharCode(...units.subarray(at, at + 8192)));
    }
    return parts.join("");
  } finally {
    c.Py_DecRef(encoded);
  }
}

/** Copy of JS bytes as new bytes. */
export function bytesToPython(bytes: Uint8Array): bigint {
  return check(
    c.PyBytes_FromStringAndSize(bytes as Uint8Array<ArrayBuffer>, BigInt(bytes.length)),
  );
}

/** Copy of Python bytes. */
export function bytesToJs(address: bigint): Uint8Array<ArrayBuffer> {
  return copyFrom(c.PyBytes_AsString(address), Number(checkStatus(c.PyBytes_Size(address))));
}
