/** Python source that JS runs in the module `__main__`. */
import { builtin } from "./builtins.ts";
import { call, failures } from "./call.ts";
import { check } from "./check.ts";
import { PythonError } from "./error.ts";
import { withGil } from "./gil.ts";
import { callHelper } from "./helper.ts";
import { interned } from "./interned.ts";
import { type Arguments, kw } from "./keywords.ts";
import { c } from "./library.ts";
import { addressOf, isReleased, unscoped } from "./ref.ts";
import { singletons } from "./scalars.ts";
import { newToJs } from "./to_js.ts";
import { type Convertible, newRef } from "./to_python.ts";
import type { PyObject, Value } from "./types.ts";
import { wrapNew } from "./wrap.ts";

/** Runs statements. The bridge has no frame in their tracebacks. */
export function run(source: string): void {
  withGil(() =>
    unscoped(() => {
      using code = compiled(callHelper("add_statements", source), "exec");
      using names = wrapNew(callHelper("main_names"));
      c.Py_DecRef(call(builtin("exec"), [code, names]));
    })
  );
}

/** The value of an expression; `locals` are names that it alone sees. */
export function evaluate(
  expression: string,
  locals: { readonly [name: string]: Convertible } = {},
): Value {
  return withGil(() => {
    const names = Object.keys(locals);
    const code = codeOf(expression, names);
    using home = unscoped(() => wrapNew(callHelper("main_names")));
    const value = call(builtin("eval"), [code, home]);
    if (names.length === 0) return newToJs(value);
    try {
      return newToJs(call(value, [kw(locals)]));
    } finally {
      c.Py_DecRef(value);
    }
  });
}

/** Compiled expressions by their text and the names of their locals, the latest ones last. */
const codes = new Map<string, PyObject>();
const limit = 1000; // as many as the sources that bridge/main.py keeps

function codeOf(expression: string, names: readonly string[]): PyObject {
  const key = JSON.stringify([expression, ...names]);
  const known = codes.get(key);
  if (known !== undefined) return known;
  const code = unscoped(() => {
    const source = callHelper("add_expression", expression);
    if (names.length === 0) return compiled(source, "eval");
    return compiledFunction(source, names);
  });
  if (codes.size === limit) {
    const [oldest, released] = codes.entries().next().value!;
    codes.delete(oldest);
    released[Symbol.dispose]();
  }
  codes.set(key, code);
  return code;
}

/** The code object of a source: a new reference, which it steals, to a pair of text and file name. */
function compiled(source: bigint, mode: "exec" | "eval"): PyObject {
  using pair = wrapNew(source);
  return compile(pair.item(0), pair.item(1), mode);
}

/** The same for an expression that becomes a function of `names`. */
function compiledFunction(source: bigint, names: readonly string[]): PyObject {
  using pair = wrapNew(source);
  const onlyTree = 0x400; // PyCF_ONLY_AST
  using tree = compile(pair.item(0), pair.item(1), "eval", onlyTree);
  using lambda = wrapNew(callHelper("as_function", tree, names));
  return compile(lambda, pair.item(1), "eval");
}

function compile(...args: Convertible[]): PyObject {
  return wrapNew(call(builtin("compile"), args));
}

/** Builtins that read the frame of their caller; a call from JS has none. */
const withFrame = ["eval", "exec", "globals", "locals", "vars", "dir"];

/** From here on calls of these read `__main__`, and other processes can import what it defines. */
export function openMain(): void {
  const addresses = new Set(withFrame.map(builtin));
  failures.call = (error, callable, args) => {
    if (!(addresses.has(callable) && hasNoLine(error))) throw error;
    return again(error, newRef(callable), args);
  };
  failures.method = (error, self, name, args) => {
    if (!(withFrame.includes(name) && hasNoLine(error))) throw error;
    return again(error, check(c.PyObject_GetAttr(self, interned(name))), args);
  };
  c.Py_DecRef(callHelper("open_main"));
}

/** Whether it is an exception that C code has raised before a line of Python has run. */
function hasNoLine(error: unknown): error is PythonError {
  return error instanceof PythonError && !isReleased(error.value) &&
    error.value.attr("__traceback__") === null;
}

/** Makes the call at the top level of `__main__`, if the missing frame was the reason. */
function again(error: PythonError, callable: bigint, args: Arguments): bigint {
  using function_ = unscoped(() => wrapNew(callable));
  using same = unscoped(() => wrapNew(callHelper("at_top_level", function_, ...args)));
  if (addressOf(same) === singletons.none) throw error;
  return call(addressOf(same), []);
}
