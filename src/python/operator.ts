/** Python's operators by their symbols. With the GIL held. */
import { call } from "./call.ts";
import { check } from "./check.ts";
import { interned } from "./interned.ts";
import { c } from "./library.ts";
import type { PyObject } from "./object.ts";
import { type Convertible, withNew } from "./to_python.ts";

const unary = { "+": "pos", "-": "neg", "~": "invert" } as const;

const binary = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "truediv",
  "//": "floordiv",
  "%": "mod",
  "**": "pow",
  "@": "matmul",
  "&": "and_",
  "|": "or_",
  "^": "xor",
  "<<": "lshift",
  ">>": "rshift",
  "<": "lt",
  "<=": "le",
  "==": "eq",
  "!=": "ne",
  ">": "gt",
  ">=": "ge",
  "+=": "iadd",
  "-=": "isub",
  "*=": "imul",
  "/=": "itruediv",
  "//=": "ifloordiv",
  "%=": "imod",
  "**=": "ipow",
  "@=": "imatmul",
  "&=": "iand",
  "|=": "ior",
  "^=": "ixor",
  "<<=": "ilshift",
  ">>=": "irshift",
} as const;

/** An operator before its operand. */
export type UnaryOperator = keyof typeof unary;

/** An operator between two operands. */
export type BinaryOperator = keyof typeof binary;

/** The result of a unary operator, as a new reference. */
export function unaryOperation(operator: UnaryOperator, value: PyObject): bigint {
  return call(functionOf(unary, operator), [value]);
}

/** The result of a binary operator, as a new reference. */
export function binaryOperation(
  left: PyObject,
  operator: BinaryOperator,
  right: Convertible,
): bigint {
  return call(functionOf(binary, operator), [left, right]);
}

const functions = new Map<string, bigint>();

/** A function of the module `operator`, kept for ever. */
function functionOf<T extends Record<string, string>>(table: T, operator: keyof T): bigint {
  const name = table[operator];
  if (name === undefined) {
    throw new TypeError(
      `Python has no operator ${String(operator)}; there are ${Object.keys(table).join(" ")}.`,
    );
  }
  let address = functions.get(name);
  if (address === undefined) {
    const module = withNew("operator", (n) => check(c.PyImport_Import(n)));
    address = check(c.PyObject_GetAttr(module, interned(name)));
    c.Py_DecRef(module);
    functions.set(name, address);
  }
  return address;
}
