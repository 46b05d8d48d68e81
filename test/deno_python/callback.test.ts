import { expect } from "expect";
import { Callback, PyObject, python, PythonError } from "clusterfit/deno-python";

const { call, keep, call_kept, caught, A } = python.runModule(
  `
kept = []
def call(callback, *args, **kwargs):
    return callback(*args, **kwargs)
def keep(callback):
    kept[:] = [callback]
def call_kept():
    return kept[0]()
def caught(callback):
    try:
        callback()
    except Exception as error:
        return type(error).__name__
class A:
    def b(self):
        return 4
`,
  "callback_test",
);

Deno.test("a callback gets its keyword arguments first, with JS values", () => {
  using callback = python.callback((named: { reduce: number }, value: number) =>
    value - named.reduce
  );
  expect(callback).toBeInstanceOf(Callback);
  expect(python.builtins.eval("lambda f: f(61, reduce=1) + 1", {})(callback).valueOf()).toBe(61);
  let seen: unknown[] = [];
  call((named: unknown, ...rest: unknown[]) => void (seen = [named, ...rest]), [1, ["a"]], {
    a: 1,
  });
  expect(seen).toEqual([{}, [1, ["a"]], new Map([["a", 1]])]);
  call((named: unknown) => void (seen = [named]), python.kw`data=${[null, 0.5]}`);
  expect(seen).toEqual([{ data: [null, 0.5] }]);
});

Deno.test("any function can be passed, and may return nothing", () => {
  expect(call(() => 4).valueOf()).toBe(4);
  expect(call(() => {}).valueOf()).toBe(null);
  expect(call(() => [python.list([1]), 2n ** 64n]).valueOf()).toEqual([[1], 2n ** 64n]);
  expect(PyObject.from(() => 5).call().valueOf()).toBe(5);
});

Deno.test("objects without a JS value arrive as proxies, and go back as themselves", () => {
  const instance = new A();
  expect(call((_: unknown, a: typeof instance) => a.b(), instance).valueOf()).toBe(4);
  const same = call((_: unknown, a: typeof instance) => a, instance);
  expect(python.import("operator").is_(same, instance).valueOf()).toBe(true);
});

Deno.test("Python may keep a callback; destroyed, it raises", () => {
  const callback = new Callback(() => 1);
  keep(callback);
  expect(call_kept().valueOf()).toBe(1);
  callback.destroy();
  callback.destroy();
  expect(callback.destroyed).toBe(true);
  expect(() => call_kept()).toThrow("was called after it was destroyed");
});

Deno.test("a JS error that crosses Python is the same error, and Python can catch it", () => {
  const error = new RangeError("mine");
  const fail = () => {
    throw error;
  };
  expect(caught(fail).valueOf()).toBe("JavaScriptError");
  let thrown: unknown;
  try {
    call(fail);
  } catch (caught) {
    thrown = caught;
  }
  expect(thrown).toBe(error);
});

Deno.test("a Python exception that crosses JS is the same exception", () => {
  const fail = () => python.list([])["::0"];
  expect(caught(fail).valueOf()).toBe("ValueError");
  expect(() => call(fail)).toThrow(PythonError);
});

Deno.test("a callback that returns a Promise gives Python an awaitable", () => {
  const awaitable = call(() => Promise.resolve(1) as unknown as number);
  expect(String(awaitable)).toContain("Promise");
});

Deno.test("an instance method gets the instance; a mere callback in a class does not", () => {
  const [method, callback] = python.instanceMethod((named, self, ...rest) =>
    self.b() + rest.length + Object.keys(named).length
  );
  PyObject.from(A).setAttr("count", method);
  PyObject.from(A).setAttr("plain", (_: unknown, ...args: unknown[]) => args.length);
  expect(new A().count().valueOf()).toBe(4);
  expect(new A().count.call(null, 0, python.kw`key=${1}`).valueOf()).toBe(6);
  expect(new A().plain().valueOf()).toBe(0);
  callback.destroy();
  expect(() => new A().count()).toThrow("destroyed");
});
