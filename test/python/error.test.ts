import { expect } from "expect";
import { type PyObject, python, PythonError } from "clusterfit/python";
import { evaluate, run } from "./support.ts";

const { fail, chain, apply, Unprintable } = run(`
class Unprintable(Exception):
    def __str__(self): raise RuntimeError("no text")
def fail(error): raise error
def chain():
    try:
        {}["missing"]
    except KeyError as error:
        raise ValueError("wrapped") from error
def apply(f): return f()
def reraise(f):
    try: return f()
    except Exception as error: raise LookupError("outer") from error
`) as Record<string, PyObject> as {
  fail: PyObject;
  chain: PyObject;
  apply: PyObject;
  Unprintable: PyObject;
};

function caught(use: () => unknown): PythonError {
  try {
    use();
  } catch (error) {
    if (error instanceof PythonError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

Deno.test("a PythonError carries type, message, traceback, cause, JS stack and the exception", () => {
  const error = caught(() => chain.call());
  expect(error.type).toBe("ValueError");
  expect(error.pythonMessage).toBe("wrapped");
  expect(error.message).toBe("ValueError: wrapped");
  expect(error.traceback).toContain("direct cause of the following exception");
  expect(error.traceback).toContain("in chain");
  expect(error.cause).toBeInstanceOf(PythonError);
  expect((error.cause as PythonError).type).toBe("KeyError");
  expect(error.stack).toContain("error.test.ts");
  expect(error.value.isInstance(python.builtins.attr("ValueError") as PyObject)).toBe(true);
});

Deno.test("Deno.inspect shows both stacks of a PythonError, and its causes", () => {
  const shown = Deno.inspect(caught(() => chain.call()));
  expect(shown).toMatch(
    /^PythonError: ValueError: wrapped\n {4}at [^]*error\.test\.ts[^]*\n\nTraceback \(most recent call last\):\n/,
  );
  expect(shown).toContain("\nKeyError: 'missing'\n");
  expect(shown).toMatch(
    /\n\nThe above exception was the direct cause of [^]*\nValueError: wrapped$/,
  );
});

Deno.test("an exception outlives the scope that it leaves", () => {
  const error = caught(() => python.scope(() => chain.call()));
  expect(String(error.value)).toBe("wrapped");
});

Deno.test("a type that is not built in is named with its module", () => {
  expect(caught(() => python.import("json").method("loads", "{")).type).toBe(
    "json.decoder.JSONDecodeError",
  );
});

Deno.test("an exception whose __str__ raises is still reported", () => {
  const error = caught(() => fail.call(Unprintable));
  expect(error.type).toBe("Unprintable");
  expect(error.pythonMessage).toContain("RuntimeError");
  expect(() => String(error.value)).toThrow("no text");
});

Deno.test("SystemExit and KeyboardInterrupt are exceptions like any other", () => {
  expect(caught(() => python.import("sys").method("exit", 3)).type).toBe("SystemExit");
  expect(caught(() => fail.call(python.builtins.attr("KeyboardInterrupt") as PyObject)).type)
    .toBe("KeyboardInterrupt");
});

Deno.test("errors surface where they happen, in properties, loops and assignments", () => {
  const { Broken, broken } = run(`
class Broken:
    @property
    def value(self): raise ValueError("property")
    def __len__(self): raise ValueError("length")
    def __contains__(self, x): raise ValueError("contains")
    def __repr__(self): raise ValueError("repr")
def broken():
    yield 1
    raise ValueError("generator")
`) as { Broken: PyObject; broken: PyObject };
  const object = Broken.call() as PyObject;
  expect(() => object.attr("value")).toThrow("property");
  expect(() => object.has("value")).toThrow("property");
  expect(() => object.length).toThrow("length");
  expect(() => object.contains(1)).toThrow("contains");
  expect(() => object.setItem(0, 1)).toThrow("does not support item assignment");
  expect(() => object.attr("missing")).toThrow("AttributeError");
  expect(Deno.inspect(object)).toContain("repr");
  const seen: unknown[] = [];
  expect(() => {
    for (const x of broken.call() as PyObject) seen.push(x);
  }).toThrow("generator");
  expect(seen).toEqual([1]);
  expect(evaluate("len").call([])).toBe(0);
});

Deno.test("a JS error that crosses Python is the same object on the other side", () => {
  const original = new RangeError("from JS");
  const thrown = () => {
    throw original;
  };
  expect(same(() => apply.call(thrown))).toBe(original);
  expect(same(() => apply.call(() => apply.call(thrown)))).toBe(original);
});

Deno.test("a Python error that crosses JS is the same exception on the other side", () => {
  const exception = python.builtins.method("ValueError", "kept") as PyObject;
  const error = caught(() => apply.call(() => fail.call(exception)));
  expect(error.value.is(exception)).toBe(true);
});

Deno.test("a JS error that Python wraps is the cause", () => {
  const { reraise } = run(`
def reraise(f):
    try: return f()
    except Exception as error: raise LookupError("outer") from error
`) as { reraise: PyObject };
  const original = new Error("inner");
  const error = caught(() =>
    reraise.call(() => {
      throw original;
    })
  );
  expect(error.type).toBe("LookupError");
  expect(error.cause).toBe(original);
});

function same(use: () => unknown): unknown {
  try {
    return use();
  } catch (error) {
    return error;
  }
}
