/** Keyword arguments. */
import { type PythonConvertible, toObject } from "./convert.ts";
import type { PyObject } from "./py_object.ts";

/** A keyword argument of a call; it may stand anywhere among the positional ones. */
export class NamedArgument {
  readonly value: PyObject;

  constructor(readonly name: string, value: PythonConvertible) {
    this.value = toObject(value);
  }
}

/** A keyword argument, written as in Python: f(kw`name=${value}`). */
export function kw(strings: TemplateStringsArray, value: PythonConvertible): NamedArgument {
  return new NamedArgument(strings[0]!.split("=")[0]!.trim(), value);
}
