/** Keys written as strings: `list["1:3"]`, `array["0, ..., ::-1"]`, `list[-1]`. */
import type { Convertible, PyObject as Reference } from "../python/mod.ts";
import { python } from "./start.ts";

const ellipsis = python.builtins.attr("Ellipsis") as Reference;

const integer = /^\s*-?\d+\s*$/;
const slice = /^\s*(-?\d+)?\s*:\s*(-?\d+)?\s*(:\s*(-?\d+)?\s*)?$/;

/** The Python key that a property name stands for, or undefined if it is just a name. */
export function parseKey(name: string): Convertible | undefined {
  const keys: Convertible[] = [];
  for (const part of name.split(",")) {
    const key = parsePart(part);
    if (key === undefined) return undefined;
    keys.push(key);
  }
  return keys.length === 1 ? keys[0] : python.tuple(...keys);
}

function parsePart(part: string): Convertible | undefined {
  if (integer.test(part)) return BigInt(part.trim());
  if (part.trim() === "...") return ellipsis;
  if (!slice.test(part)) return undefined;
  const bounds = part.split(":").map((bound) => bound.trim() === "" ? null : Number(bound));
  return python.slice(...bounds);
}
