import { expect } from "expect";
import { type PyObject, python, type PythonError } from "clusterfit/python";
import { evaluate, run } from "./support.ts";

const { Manager, AsyncManager, log } = run(`
import contextlib
log = []
class Manager:
    def __init__(self, swallow=False): self.swallow = swallow
    def __enter__(self):
        log.append("enter")
        return 5
    def __exit__(self, type, error, traceback):
        log.append(("exit", type and type.__name__, error and str(error), traceback is not None))
        return self.swallow
class AsyncManager(Manager):
    async def __aenter__(self): return self.__enter__()
    async def __aexit__(self, *args): return self.__exit__(*args)
`) as Record<string, PyObject> as { Manager: PyObject; AsyncManager: PyObject; log: PyObject };

const manager = (swallow = false) => Manager.call(swallow) as PyObject;
const asyncManager = (swallow = false) => AsyncManager.call(swallow) as PyObject;

function logged(): unknown {
  const entries = log.toJs();
  log.method("clear");
  return entries;
}

function caught(use: () => unknown): unknown {
  try {
    return use();
  } catch (error) {
    return error;
  }
}

const original = new RangeError("from JS");
const thrown = () => {
  throw original;
};
const quiet = ["exit", null, null, false];
const loud = ["exit", "JavaScriptError", "RangeError: from JS", true];

Deno.test("a body runs inside the context and gives its value", () => {
  expect(manager().with((value) => [value, "body"])).toEqual([5, "body"]);
  expect(logged()).toEqual(["enter", quiet]);
});

Deno.test("an error is shown to __exit__ and thrown on, or swallowed", () => {
  expect(caught(() => manager().with(thrown))).toBe(original);
  expect(logged()).toEqual(["enter", loud]);
  expect(manager(true).with(thrown)).toBe(undefined);
  expect(logged()).toEqual(["enter", loud]);
  const error = caught(() => manager().with(() => evaluate("1 / 0"))) as PythonError;
  expect(error.type).toBe("ZeroDivisionError");
  expect(logged()).toEqual(["enter", ["exit", "ZeroDivisionError", "division by zero", true]]);
});

Deno.test("a body that gives a promise is inside until it is settled", async () => {
  const done = manager().with(async (value) => {
    await new Promise((resolve) => setTimeout(resolve));
    log.method("append", "body");
    return value;
  });
  expect(await done).toBe(5);
  expect(logged()).toEqual(["enter", "body", quiet]);
  expect(await manager().with(() => Promise.reject(original)).catch((error) => error))
    .toBe(original);
  expect(await manager(true).with(() => Promise.reject(original))).toBe(undefined);
  expect(logged()).toEqual(["enter", loud, "enter", loud]);
});

Deno.test("asynchronous contexts are entered and left on the asyncio loop", async () => {
  expect(await asyncManager().asyncWith((value) => value)).toBe(5);
  expect(await asyncManager().asyncWith(thrown).catch((error) => error)).toBe(original);
  expect(await asyncManager(true).asyncWith(() => Promise.reject(original))).toBe(undefined);
  expect(logged()).toEqual(["enter", quiet, "enter", loud, "enter", loud]);
});

Deno.test("an error of __enter__ or __exit__ is thrown, and what is no manager is refused", async () => {
  const { Fails } = run(`
class Fails:
    def __init__(self, enters): self.enters = enters
    def __enter__(self): self.enters or 1 / 0
    def __exit__(self, *error): raise LookupError("exit")
`) as { Fails: PyObject };
  const use = (enters: boolean) => () => (Fails.call(enters) as PyObject).with(thrown);
  expect(use(false)).toThrow("ZeroDivisionError");
  const error = caught(use(true)) as PythonError;
  expect([error.type, error.cause]).toEqual(["LookupError", original]);
  expect(() => evaluate("[]").with(() => {})).toThrow("it needs __exit__, found none");
  await expect(manager().asyncWith(() => {})).rejects.toThrow("it needs __aexit__, found none");
});

Deno.test("a generator of contextlib sees the error", () => {
  const { suppressing } = run(`
import contextlib
@contextlib.contextmanager
def suppressing(log):
    try: yield "value"
    except Exception as error: log.append(type(error).__name__)
`) as { suppressing: PyObject };
  expect((suppressing.call(log) as PyObject).with(thrown)).toBe(undefined);
  expect(logged()).toEqual(["JavaScriptError"]);
  expect(python.import("threading").method("Lock")).toBeDefined();
});
