/** Applying Python's operators. With the GIL held. */
import { call } from "./call.ts";
import { check } from "./check.ts";
import { interned } from "./interned.ts";
import { c } from "./library.ts";
import { binary, type BinaryOperator, unary, type UnaryOperator } from "./operators.ts";
import type { Ref } from "./ref.ts";
import { type Convertible, withConverted } from "./to_python.ts";

/** The result of a unary operator, as a new reference. */
export function unaryOperation(operator: UnaryOperator, value: Ref): bigint {
  return call(functionOf(unary, operator), [value]);
}

/** The result of a binary operator, as a new reference. */
export function binaryOperation(
  left: Ref,
  operator: BinaryOperator,
  right: Convertible,
): bigint {
  return call(functionOf(binary, operator), [left, right]);
}

const functions = new Map<string, bigint>();

/** A function of the module `operator`, never freed. */
function functionOf<T extends Record<string, string>>(table: T, operator: keyof T): bigint {
  const name = table[operator];
  if (name === undefined) {
    throw new TypeError(
      `Cannot apply an operator: it needs one of ${Object.keys(table).join(" ")}, ` +
        `found ${String(operator)}.`,
    );
  }
  let address = functions.get(name);
  if (address === undefined) {
    const module = withConverted("operator", (n) => check(c.PyImport_Import(n)));
    address = check(c.PyObject_GetAttr(module, interned(name)));
    c.Py_DecRef(module);
    functions.set(name, address);
  }
  return address;
}
