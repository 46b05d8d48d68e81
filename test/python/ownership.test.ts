import { expect } from "expect";
import { kw, type PyObject, python, type PythonError } from "clusterfit/python";
import { registeredCount } from "../../src/python/registry.ts";
import { until } from "../until.ts";
import { collectAll, evaluate, inChild, references, run, testWith } from "./support.ts";

const { identity, fail, apply, Thing } = run(`
class Thing: pass
def identity(*args, **kwargs): return None
def fail(*args, **kwargs): raise ValueError("no")
def apply(f, *args, **kwargs): return f(*args, **kwargs)
`) as { identity: PyObject; fail: PyObject; apply: PyObject; Thing: PyObject };

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

Deno.test("each way that an object comes out of Python gives one reference, which goes back", () => {
  using thing = Thing.call() as PyObject;
  using holder = Thing.call() as PyObject;
  holder.setAttr("thing", thing);
  using dict = python.builtins.method("dict", kw({ thing })) as PyObject;
  using numbered = python.builtins.method("dict", [python.tuple(1, thing)]) as PyObject;
  const ways: Record<string, () => unknown> = {
    attribute: () => holder.attr("thing"),
    item: () => dict.item("thing"),
    result: () => dict.method("get", "thing"),
    "values of a dict": () => [...dict.method("values") as PyObject],
    "plain object": () => Object.values(dict.toJs() as object),
    Map: () => [...(numbered.toJs() as Map<unknown, unknown>).values()],
    Set: () => [...(python.builtins.method("set", [thing]) as PyObject).toJs() as Set<unknown>],
    tuple: () => python.tuple(thing, thing).toJs(),
  };
  const before = references(thing);
  for (const [way, take] of Object.entries(ways)) {
    for (let i = 0; i < 50; i++) {
      python.scope(() => {
        take();
        expect([way, references(thing)]).not.toEqual([way, before]);
      });
    }
    expect([way, references(thing)]).toEqual([way, before]);
  }
});

Deno.test("a callback's arguments and its result keep their references", async () => {
  using thing = Thing.call() as PyObject;
  unchanged(thing, () => {
    python.scope(() => {
      apply.call(() => thing);
      apply.call(() => [thing, { thing }]);
      apply.call((...given: unknown[]) => given.length, thing, kw({ thing }));
    });
  });
  const before = references(thing);
  for (let i = 0; i < 50; i++) {
    expectFailure(() => apply.call((value: PyObject) => void fail.call(value), thing));
  }
  await collectAll();
  expect(references(thing)).toBe(before);
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
  expect(() => thing.attr("x")).toThrow("found it released");
  expect(() => identity.call(thing)).toThrow("found it released");
  expect(Deno.inspect(thing)).toContain("found it released");
});

Deno.test("a scope releases what was made inside, except what it returns", () => {
  using thing = Thing.call() as PyObject;
  const before = references(thing);
  let inner: PyObject | undefined;
  using kept = python.scope(() => {
    inner = python.builtins.method("list", [thing]) as PyObject;
    return python.scope(() => python.builtins.method("list", [thing]) as PyObject);
  });
  expect(() => inner!.length).toThrow("found it released");
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

Deno.test("big results, attributes, arguments and abandoned generators leave no memory behind", async () => {
  const { code, stdout, stderr } = await inChild(`
import { collectAll } from "${import.meta.resolve("./support.ts")}";
exec(\`
class Big:
    @property
    def data(self): return bytearray(1 << 19)
def big(): return bytearray(1 << 19)
def take(*args, **kwargs): return len(args) + len(kwargs)
def generate():
    data = bytearray(1 << 19)
    while True: yield data
def fail(): raise ValueError("x" * (1 << 19))
big_object = Big()
\`);
const [big, take, generate, fail, object] =
  ["big", "take", "generate", "fail", "big_object"].map((name) => py(name));
const text = "x".repeat(1 << 19);
const uses: Record<string, () => unknown> = {
  result: () => big!.call(),
  attribute: () => object!.attr("data"),
  item: () => python.builtins.method("list", [text]),
  keyword: () => take!.call(kw({ text })),
  list: () => take!.call([text]),
  tuple: () => take!.call(python.tuple(text)),
  dict: () => take!.call({ text }, new Map([[text, 1]])),
  set: () => take!.call(new Set([text])),
  bytes: () => take!.call(new Uint8Array(1 << 19)),
  generator: () => { for (const _ of generate!.call() as PyObject) break; },
  slice: () => (big!.call() as PyObject).item(python.slice(0, null)),
  view: () => (big!.call() as PyObject).view().release(),
  error: () => { try { fail!.call(); } catch (error) { (error as PythonError).value[Symbol.dispose](); } },
};
for (const [name, use] of Object.entries(uses)) {
  const repeat = (times: number) => { for (let i = 0; i < times; i++) python.scope(() => void use()); };
  repeat(10);
  await collectAll();
  const before = Deno.memoryUsage().rss;
  repeat(100);
  await collectAll();
  console.log(name, Math.round((Deno.memoryUsage().rss - before) / 2 ** 20));
}
`);
  expect([code, stderr]).toEqual([0, ""]);
  const grown = stdout.trim().split("\n").map((line) => line.split(" "));
  expect(grown.length).toBe(13);
  expect(grown.filter(([, megabytes]) => Number(megabytes) > 20)).toEqual([]);
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
    const before = registeredCount();
    (() => keep.method("append", Float64Array.of(1, 2, 3)))();
    forceGarbage();
    expect(registeredCount()).toBe(before + 1);
    using array = keep.item(0) as PyObject;
    using list = array.method("tolist") as PyObject;
    expect(list.toJs()).toEqual([1, 2, 3]);
    keep.method("clear");
    expect(registeredCount()).toBe(before + 1);
    array[Symbol.dispose]();
    expect(registeredCount()).toBe(before);
  },
);

function forceGarbage(): void {
  for (let i = 0; i < 20; i++) new Array(100_000).fill(i);
}

Deno.test("functions made anew for each call need no garbage collector", async () => {
  const gc = python.import("gc");
  const blocks = python.import("sys").attr("getallocatedblocks") as PyObject;
  const apart = (count: number) => {
    for (let i = 0; i < count; i++) apply.call((x: number) => x + i, i);
  };
  apart(100);
  await turn();
  identity.call();
  const [before, registered] = [blocks.call() as number, registeredCount()];
  gc.method("disable");
  try {
    apart(3000);
    expect(registeredCount() - registered).toBeLessThan(10);
    expect((blocks.call() as number) - before).toBeLessThan(300);
    await turn();
    identity.call();
    expect(registeredCount()).toBe(registered);
    for (let i = 0; i < 100; i++) await python.job(apply, [(x: number) => x + i, i]);
    await until(() => apply.call(() => {}) === null && registeredCount() - registered < 3);
  } finally {
    gc.method("enable");
  }
});

Deno.test("what a JS function releases is given back without a turn of the event loop", () => {
  using other = Thing.call() as PyObject;
  const before = references(other);
  for (let i = 0; i < 50; i++) {
    const list = python.builtins.method("list", [other]) as PyObject;
    apply.call(() => list[Symbol.dispose]());
  }
  expect(references(other)).toBe(before);
});

Deno.test("a JS function that Python calls in a loop can release what it gets, one by one", () => {
  const { each } = run(`
import weakref
class Thing: pass
def each(f, count):
    alive = 0
    for _ in range(count):
        thing = Thing()
        reference = weakref.ref(thing)
        f([thing], key=thing)
        del thing
        alive += reference() is not None
    return alive
`) as { each: PyObject };
  type Given = (list: PyObject, named: { key: PyObject }) => void;
  const count = (f: Given) => each.call(f as never, 20);
  expect(count(() => {})).toBe(20);
  const dispose: Given = (list, { key }) => {
    using _list = list;
    using _key = key;
  };
  expect(count(dispose)).toBe(0);
  const scoped: Given = (list, named) => {
    dispose(list, named);
    python.scope(() => [...(python.builtins.method("list", [1]) as PyObject)]);
  };
  expect(count(scoped)).toBe(0);
});

Deno.test("an object that a call under way may be using is not released before its end", () => {
  const reference = python.import("weakref").attr("ref") as PyObject;
  const inner = (thing: PyObject, weak: PyObject) =>
    apply.call(() => {
      thing[Symbol.dispose]();
      return weak.call() !== null;
    });
  let weak: PyObject | undefined;
  const nested = () => {
    const thing = Thing.call() as PyObject;
    weak = reference.call(thing) as PyObject;
    return inner(thing, weak);
  };
  expect(python.scope(() => apply.call(nested))).toBe(true);
});

function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
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
  const [before, registered] = [blocks.call() as number, registeredCount()];
  for (let i = 0; i < 600; i++) await round();
  await collectAll();
  expect((blocks.call() as number) - before).toBeLessThan(300);
  expect(registeredCount()).toBe(registered);
});
