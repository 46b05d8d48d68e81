/** Keyword arguments. */
import { toObject } from "./convert.ts";
import type { NamedArgument as Interface, PyObject, PythonConvertible } from "./types.ts";

/** A keyword argument of a call; it may stand anywhere among the positional ones. */
export class NamedArgument implements Interface {
  /** The Python object that is passed. */
  readonly value: PyObject;

  /** Converts `value` to Python. */
  constructor(readonly name: string, value: PythonConvertible) {
    this.value = toObject(value);
  }
}

/** A keyword argument, written as in Python: f(kw`name=${value}`). */
export function kw(strings: TemplateStringsArray, value: PythonConvertible): NamedArgument {
  return new NamedArgument(strings[0]!.split("=")[0]!.trim(), value);
}
