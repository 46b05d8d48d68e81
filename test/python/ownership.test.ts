import { expect } from "expect";
import { kw, type PyObject, python, type PythonError } from "clusterfit/python";
import { heldCount } from "../../src/python/held.ts";
import { collectAll, evaluate, references, run, testWith } from "./support.ts";

const { identity, fail, Thing } = run(`
class Thing: pass
def identity(*args, **kwargs): return None
def fail(*args, **kwargs): raise ValueError("no")
`) as { identity: PyObject; fail: PyObject; Thing: PyObject };

/** The exception keeps its frames, and these their arguments: so it is released as well. */
function expectFailure(use: () => void): void {
  try {
    use();
  } catch (error) {
    (error as PythonError).value[Symbol.dispose]();
    return;
  }
  throw new Error("nothing was thrown");
}

function unchanged(object: PyObject, use: () => void): void {
  const before = references(object);
  for (let i = 0; i < 50; i++) use();
  expect(references(object)).toBe(before);
}

Deno.test("passing an object does not change its reference count, whether the call works or fails", () => {
  using dict = evaluate("{'a': object()}");
  unchanged(dict, () => {
    identity.call(dict, kw({ again: dict }));
    identity.call([dict, { nested: dict }], new Map([["key", dict]]));
    expectFailure(() => fail.call(dict, kw({ again: dict })));
    expect(() => identity.call(dict, Symbol("x") as unknown as null)).toThrow("a symbol");
  });
});

Deno.test("a released result gives its reference back", () => {
  using thing = Thing.call() as PyObject;
  using list = python.builtins.method("list", [thing, thing]) as PyObject;
  unchanged(thing, () => {
    (list.item(0) as PyObject)[Symbol.dispose]();
    (list.toJs() as PyObject[]).forEach((object) => object[Symbol.dispose]());
    for (const object of list) (object as PyObject)[Symbol.dispose]();
    for (const object of list) {
      (object as PyObject)[Symbol.dispose]();
      break;
    }
  });
});

Deno.test("assignments own what they store, no more and no less", () => {
  const thing = Thing.call() as PyObject;
  using holder = Thing.call() as PyObject;
  using list = evaluate("[None] * 3");
  using dict = evaluate("{}");
  const before = references(thing);
  holder.setAttr("thing", thing);
  list.setItem(0, thing);
  list.setItem(-1, thing);
  dict.setItem("thing", thing);
  expect(references(thing)).toBe(before + 4);
  for (const key of [0, -1]) list.setItem(key, null);
  dict.delItem("thing");
  holder.setAttr("thing", null);
  expect(references(thing)).toBe(before);
  thing[Symbol.dispose]();
});

Deno.test("an item outlives its container", () => {
  using list = evaluate("[['kept']]");
  using item = list.item(0) as PyObject;
  list.method("clear");
  evaluate("[['other'] for _ in range(1000)]");
  expect(item.toJs()).toEqual(["kept"]);
});

Deno.test("a released object is refused, and releasing it again is harmless", () => {
  const thing = Thing.call() as PyObject;
  thing[Symbol.dispose]();
  thing[Symbol.dispose]();
  expect(() => thing.attr("x")).toThrow("has been released");
  expect(() => identity.call(thing)).toThrow("has been released");
  expect(Deno.inspect(thing)).toContain("has been released");
});

Deno.test("a scope releases what was made inside, except what it returns", () => {
  using thing = Thing.call() as PyObject;
  const before = references(thing);
  let inner: PyObject | undefined;
  using kept = python.scope(() => {
    inner = python.builtins.method("list", [thing]) as PyObject;
    return python.scope(() => python.builtins.method("list", [thing]) as PyObject);
  });
  expect(() => inner!.length).toThrow("has been released");
  expect(kept.length).toBe(1);
  expect(references(thing)).toBe(before + 1);
  expect(() => python.scope(() => Promise.resolve())).toThrow("synchronous");
  expect(() => python.scope(() => fail.call())).toThrow("no");
});

Deno.test("leaving a loop early closes the generator, with or without an error", () => {
  const { numbers, log } = run(`
log = []
def numbers():
    try:
        while True: yield 1
    finally: log.append("closed")
`) as { numbers: PyObject; log: PyObject };
  for (const _ of numbers.call() as PyObject) break;
  expect(() => {
    for (const _ of numbers.call() as PyObject) throw new Error("body");
  }).toThrow("body");
  expect(log.toJs()).toEqual(["closed", "closed"]);
});

Deno.test("calls, items, keywords, loops and errors do not grow the process", () => {
  const { generator } = run("def generator(): yield from range(1000)") as { generator: PyObject };
  const round = () =>
    python.scope(() => {
      const list = python.builtins.method("list", [
        1.5,
        "text",
        2n ** 70n,
        [1],
        new Set([1]),
      ]) as PyObject;
      list.setItem(0, { key: [new Uint8Array(100)] });
      list.toJs();
      identity.call(list, kw({ one: list, two: "x" }));
      for (const _ of generator.call() as PyObject) break;
      expectFailure(() => fail.call(list));
    });
  const blocks = python.import("sys").attr("getallocatedblocks") as PyObject;
  for (let i = 0; i < 200; i++) round();
  const before = blocks.call() as number;
  for (let i = 0; i < 5000; i++) round();
  expect((blocks.call() as number) - before).toBeLessThan(500);
});

Deno.test("objects that JS forgets are released by the safety net", async () => {
  const { alive, Counted } = run(`
import weakref
alive = weakref.WeakSet()
class Counted:
    def __init__(self): alive.add(self)
`) as { alive: PyObject; Counted: PyObject };
  (() => {
    for (let i = 0; i < 1000; i++) Counted.call();
  })();
  await until(() => {
    forceGarbage();
    return alive.length < 10;
  });
});

Deno.test("an iterator that JS abandons half-way is released by the safety net", async () => {
  const { closed, numbers } = run(`
closed = []
def numbers():
    try:
        while True: yield 1
    finally: closed.append(1)
`) as { closed: PyObject; numbers: PyObject };
  (() => {
    for (let i = 0; i < 1000; i++) (numbers.call() as PyObject)[Symbol.iterator]().next();
  })();
  await until(() => {
    forceGarbage();
    return closed.length > 990;
  });
});

testWith(
  ["numpy"],
  "a typed array given to Python stays alive as long as Python needs it, and no longer",
  () => {
    const { keep } = run("keep = []") as { keep: PyObject };
    const before = heldCount();
    (() => keep.method("append", Float64Array.of(1, 2, 3)))();
    forceGarbage();
    expect(heldCount()).toBe(before + 1);
    using array = keep.item(0) as PyObject;
    using list = array.method("tolist") as PyObject;
    expect(list.toJs()).toEqual([1, 2, 3]);
    keep.method("clear");
    expect(heldCount()).toBe(before + 1);
    array[Symbol.dispose]();
    expect(heldCount()).toBe(before);
  },
);

function forceGarbage(): void {
  for (let i = 0; i < 20; i++) new Array(100_000).fill(i);
}

async function until(reached: () => boolean): Promise<void> {
  const end = performance.now() + 8000;
  while (!reached()) {
    expect(performance.now()).toBeLessThan(end);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

Deno.test("jobs, calls from threads, promises, contexts and operators leave nothing behind", async () => {
  const { call, later, numbers, Swallows } = run(`
def call(f): return f(1, k=2)
async def later(f): return await f(3)
async def numbers():
    for i in range(3): yield i
class Swallows:
    def __enter__(self): return 1
    def __exit__(self, *error): return True
`) as Record<"call" | "later" | "numbers" | "Swallows", PyObject>;
  const thrown = () => {
    throw new Error("from JS");
  };
  const round = async () => {
    await python.job(call, [() => 1]);
    await python.job(call, [thrown]).catch(() => {});
    await python.job(call, [() => 1], { signal: AbortSignal.timeout(0) }).catch(() => {});
    using coroutine = later.call((n: number) => Promise.resolve(n)) as PyObject;
    await python.promise(coroutine);
    using failing = later.call(() => Promise.reject(new Error("from JS"))) as PyObject;
    await python.promise(failing).catch(() => {});
    using generator = numbers.call() as PyObject;
    for await (const i of generator) if (i === 1) break;
    using manager = Swallows.call() as PyObject;
    manager.with(thrown);
    await manager.with(() => Promise.reject(new Error("from JS")));
    using tuple = python.tuple(1);
    using twice = tuple.op("+", tuple) as PyObject;
    tuple.equals(twice.hash());
  };
  const blocks = python.import("sys").attr("getallocatedblocks") as PyObject;
  for (let i = 0; i < 100; i++) await round();
  await collectAll();
  const [before, held] = [blocks.call() as number, heldCount()];
  for (let i = 0; i < 600; i++) await round();
  await collectAll();
  expect((blocks.call() as number) - before).toBeLessThan(300);
  expect(heldCount()).toBe(held);
});
