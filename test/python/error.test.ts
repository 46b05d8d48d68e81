import { expect } from "expect";
import { type PyObject, python, PythonError } from "clusterfit/python";
import { evaluate, inChild, run } from "./support.ts";

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

Deno.test("whatever a callback throws, Python gets an exception and JS gets it back", () => {
  const { call } = run(`
def call(f):
    try: f()
    except Exception as error: return type(error).__name__
`);
  const released = () => {
    try {
      python.builtins.attr("nothing");
    } catch (error) {
      (error as PythonError).value[Symbol.dispose]();
      throw error;
    }
  };
  const throwers = [released, () => {
    throw Object.create(null);
  }, () => {
    throw Symbol("thrown");
  }];
  expect(throwers.map((thrower) => call!.call(thrower))).toEqual(
    throwers.map(() => "JavaScriptError"),
  );
});

Deno.test("causes that form a ring, or a long chain, end", () => {
  const { ring, chain } = run(`
def ring():
    a, b = ValueError("a"), ValueError("b")
    a.__cause__, b.__cause__ = b, a
    raise a
def chain(length):
    error = None
    for i in range(length):
        following = ValueError(i)
        following.__context__, error = error, following
    raise error
`);
  const messages = (fn: () => unknown) => {
    const found: string[] = [];
    try {
      fn();
    } catch (error) {
      for (let e = error as Error | undefined; e; e = e.cause as Error | undefined) {
        found.push(e.message);
      }
    }
    return found;
  };
  expect(messages(() => ring!.call())).toEqual(["ValueError: a", "ValueError: b"]);
  expect(messages(() => chain!.call(1000)).slice(0, 2)).toEqual([
    "ValueError: 999",
    "ValueError: 998",
  ]);
});

Deno.test("an exception whose class lies about it, or refuses, is reported all the same", async () => {
  const { fail, fail_later } = run(`
class Refusing(Exception):
    def __getattribute__(self, name): raise Refusing()
    def with_traceback(self, traceback): raise Refusing()
class Exiting(Exception):
    def __str__(self): raise SystemExit
def fail(name): raise {"Refusing": Refusing, "Exiting": Exiting}[name]
async def fail_later(name): fail(name)
`);
  for (const name of ["Refusing", "Exiting"]) {
    const type = expect.objectContaining({ type: name });
    expect(() => fail!.call(name)).toThrow(expect.objectContaining({ type: name }));
    await expect(python.job(fail!, [name])).rejects.toEqual(type);
    await expect(python.promise(fail_later!.call(name))).rejects.toEqual(type);
  }
});

Deno.test("an exception whose making calls JS is still the one that is thrown", () => {
  const { raise_lazily, fail_within } = run(`
import ctypes
class Calling(Exception):
    def __init__(self, f):
        super().__init__("made")
        f()
def raise_lazily(f): # as C code does: the class and its argument, which is made an exception later
    ctypes.pythonapi.PyErr_SetObject(ctypes.py_object(Calling), ctypes.py_object(f))
def fail_within(): raise KeyError
`);
  const raise = () =>
    raise_lazily!.call(() => {
      try {
        fail_within!.call();
      } catch { /* it has used what exceptions are taken with */ }
    });
  for (let i = 0; i < 10; i++) {
    expect(raise).toThrow(expect.objectContaining({
      type: "Calling",
      traceback: expect.stringContaining("raise_lazily"),
    }));
  }
});

Deno.test("JS and Python that call each other until the stack is exhausted get an error that says so", async () => {
  const { code, stdout } = await inChild(`
exec("import sys\\nsys.setrecursionlimit(100_000)\\ndef call(f): return f()");
const call = py("call");
const deeper = (): unknown => call.call(deeper);
try { python.withGil(deeper); } catch (error) {
  console.log(error instanceof RangeError || (error as PythonError).type);
}
console.log(python.builtins.method("len", [1]));
Deno.exit(0);
`);
  expect([code, stdout.trim().split("\n")]).toEqual([0, [
    expect.stringMatching(/true|RecursionError/),
    "1",
  ]]);
});
