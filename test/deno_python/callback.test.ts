import { expect } from "expect";
import { Callback, ProxiedPyObject, PyObject, python } from "clusterfit/deno-python";
import { type PyObject as Reference, python as bridge } from "clusterfit/python";
import { errorOf } from "./error_of.ts";

const { call, awaits, keep, call_kept, caught, A } = python.runModule(
  `
kept = []
def call(callback, *args, **kwargs):
    return callback(*args, **kwargs)
async def awaits(callback):
    return await callback()
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
  expect(() => call_kept()).toThrow("found it destroyed");
});

Deno.test("a JS error that crosses Python is a RuntimeError there, and the cause of a PythonError here", () => {
  const error = new RangeError("mine");
  const fail = () => {
    throw error;
  };
  expect(caught(fail).valueOf()).toBe("RuntimeError");
  const thrown = errorOf(() => call(fail));
  expect(thrown.name).toBe("PythonError");
  expect(thrown.cause).toBe(error);
  expect(thrown.message).toMatch(/^RuntimeError: a JS callback threw RangeError: mine\n\n/);
  expect(thrown.message).toContain(`File "callback_test", line 4, in call`);
  expect(thrown.value.isInstance(python.builtins.RuntimeError)).toBe(true);
  for (const odd of ["text", null, 0, Object.create(null), () => {}]) {
    const thrown = errorOf(() =>
      call(() => {
        throw odd;
      })
    );
    expect(thrown.cause).toBe(odd);
  }
});

Deno.test("so it is however deep it was thrown, and whatever way leads back", async () => {
  const error = new Error("deep");
  const fail = () => {
    throw error;
  };
  const { P } = python.runModule("class P: p = property(lambda self: self.f())", "way_test");
  PyObject.from(P).setAttr("f", fail);
  const ways: (() => unknown)[] = [
    () => call(() => call(() => call(fail))),
    () => python.builtins.sorted([2, 1], python.kw`key=${fail}`),
    () => [...python.builtins.map(fail, [1])],
    () => python.import("functools").partial(fail).call(null),
    () => new P().p,
    () => python.import("asyncio").run(awaits(fail)),
  ];
  for (const way of ways) expect(errorOf(way).cause).toBe(error);
  const rejected = bridge.promise(awaits(() => Promise.reject(error))[ProxiedPyObject].reference);
  await expect(rejected).rejects.toMatchObject({ type: "RuntimeError", cause: error });
});

Deno.test("JS and Python that call each other until the stack is exhausted get a PythonError", () => {
  const again = (): PyObject => call(again);
  // which one depends on where JS, or Deno's own code around a callback, had no stack left
  expect(errorOf(again).message).toMatch(/^(RuntimeError|RecursionError|SystemError)\b/);
  expect(call(() => 1).valueOf()).toBe(1);
});

Deno.test("a Python exception that crosses JS is the same exception", () => {
  const fail = () => python.list([])["::0"];
  expect(caught(fail).valueOf()).toBe("ValueError");
  expect(errorOf(() => call(fail)).type.equals(python.builtins.ValueError)).toBe(true);
  const own = () => bridge.builtins.method("int", "x") as never;
  expect(errorOf(() => call(own)).message).toMatch(/^ValueError: invalid literal/);
  expect(errorOf(() => call(() => call(fail))).type.equals(python.builtins.ValueError)).toBe(true);
});

Deno.test("a callback that returns a Promise gives Python an awaitable", () => {
  const awaitable = call(() => Promise.resolve(1));
  expect(String(awaitable)).toContain("Promise");
});

Deno.test("what the Promise gives is converted as what a callback returns", async () => {
  const instance = new A();
  const coroutine = awaits(() => Promise.resolve(instance));
  const given = await bridge.promise(coroutine[ProxiedPyObject].reference) as Reference;
  expect(given.is(instance[ProxiedPyObject].reference)).toBe(true);
});

const signature = (f: unknown) => String(python.import("inspect").signature(f));

Deno.test("Python sees the signature and the name of the JS function", () => {
  // deno-lint-ignore no-explicit-any -- whatever takes whatever
  const expected: Record<string, (...args: any[]) => any> = {
    "()": () => {},
    "(kwargs, left, right)": (kwargs, left, right) => [kwargs, left, right],
    "(named, a=..., b=..., *rest)": (named, a = 1, b, ...rest) => [named, a, b, rest],
    "(a, b, *c)": ({ x }, [y], ...[z]) => [x, y, z], // patterns have no name
    "(a, b, value)": (_, _unused, value) => value,
    "(a, b_, b, c, e)": eval("(def, a$, b, c, lambda) => 0"), // no names in Python
    "(a, b)": Math.max,
  };
  for (const [wanted, fn] of Object.entries(expected)) {
    expect(signature(fn)).toBe(wanted);
    using callback = python.callback(fn);
    expect(signature(callback)).toBe(wanted);
  }
  const many = Function(...Array.from({ length: 30 }, (_, i) => `_${i}`), "") as () => void;
  expect(signature(many)).toMatch(/^\(a, b, .*, y, z, parameter26, .*parameter29\)$/);
  expect(PyObject.from(function named() {}).getAttr("__name__").valueOf()).toBe("named");
  expect(String(PyObject.from(function named() {}))).toBe("<JS callback named>");
});

Deno.test("the signature of a method begins with its instance, which is bound", () => {
  const [method] = python.instanceMethod((_named, me, { a }, value) => [me, a, value]);
  PyObject.from(A).setAttr("signed", method);
  expect(signature(A.signed)).toBe("(me, b, value)");
  expect(signature(new A().signed)).toBe("(b, value)");
  const [bare] = python.instanceMethod(() => 5);
  PyObject.from(A).setAttr("bare", bare);
  expect(signature(new A().bare)).toBe("()");
  expect(new A().bare().valueOf()).toBe(5);
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
