import { expect } from "expect";
import { kw, type PyObject, python } from "clusterfit/python";
import { registeredCount } from "../../src/python/registry.ts";
import { collectAll, run } from "./support.ts";

const { add, Thing, apply, fail, numbers, catches } = run(`
class Thing:
    def __init__(self): self.name = "thing"; self.other = [1]
def add(a, b=1): return a + b
def apply(f, *args): return f(*args)
def fail(*args): raise ValueError("no", *args)
def numbers():
    try:
        for i in range(1000): yield i, "text"
    finally: pass
def catches(f):
    try: f()
    except Exception as error: return str(error)
`) as Record<"add" | "Thing" | "apply" | "fail" | "numbers" | "catches", PyObject>;

const thing = Thing.call() as PyObject;
const list = python.builtins.method("list", [1, [2], "three"]) as PyObject;
const dict = python.builtins.method("dict", kw({ a: 1, b: [2] })) as PyObject;
const array = python.import("numpy").method("ones", 100) as PyObject;
const floats = new Float64Array(100);
const attempt = (use: () => unknown) => {
  try {
    use();
  } catch {
    return;
  }
  throw new Error("nothing was thrown");
};

/**
 * Operations of one round: how often, and what. Exceptions are left to the garbage collector, as most
 * programs do.
 */
const round: readonly (readonly [times: number, operation: () => unknown])[] = [
  [20, () => add.call(1, 2)],
  [4, () => Thing.call()],
  [9, () => thing.attr("name")],
  [3, () => thing.attr("other")],
  [3, () => thing.setAttr("other", ["new"])],
  [8, () => add.call(1, kw({ b: 2.5 }))],
  [2, () => add.call([1], kw({ b: [thing] }))],
  [8, () => list.item(0)],
  [3, () => list.item(1)],
  [3, () => list.setItem(1, [thing])],
  [3, () => dict.setItem("a", 2n ** 70n)],
  [3, () => python.builtins.method("len", [1, 2.5, "three", [thing]])],
  [3, () => python.builtins.method("len", new Map<string, unknown>([["a", thing]]) as never)],
  [3, () => python.builtins.method("len", { a: 1, b: { c: "text" } })],
  [2, () => python.builtins.method("len", new Set([1, "a", 2.5]))],
  [2, () => python.builtins.method("len", python.tuple(1, thing))],
  [2, () => list.toJs()],
  [2, () => dict.toJs()],
  [5, () => python.builtins.method("str", "text with é and \ud800")],
  [2, () => python.builtins.method("bytes", new Uint8Array(50))],
  [1, () => {
    for (const _ of numbers.call() as PyObject) break;
  }],
  [1, () => [...list]],
  [1, () => attempt(() => fail.call(thing))],
  [1, () => attempt(() => thing.attr("missing"))],
  [3, () => apply.call((a: number) => a + 1, 5)],
  [1, () => apply.call(() => thing)],
  [1, () => catches.call(() => attempt(() => fail.call()))],
  [1, () => array.view().release()],
  [1, () => python.array(floats)],
  [1, () => python.scope(() => python.withGil(() => list.length))],
];
const operations = round.reduce((sum, [times]) => sum + times, 0);

function rounds(count: number): void {
  for (let i = 0; i < count; i++) {
    python.scope(() => {
      for (const [times, operation] of round) for (let k = 0; k < times; k++) operation();
    });
  }
}

const allocated = python.import("sys").attr("getallocatedblocks") as PyObject;

async function measure() {
  await collectAll();
  return {
    megabytes: Deno.memoryUsage().rss / 2 ** 20,
    blocks: allocated.call() as number,
    registered: registeredCount(),
  };
}

Deno.test("10 million mixed operations do not grow the process after the first tenth", async () => {
  const batches = 100; // the event loop turns between two, and finalizers run
  const perBatch = Math.ceil(10_000_000 / operations / batches);
  let early = await measure();
  for (let batch = 1; batch <= batches; batch++) {
    rounds(perBatch);
    await new Promise((resolve) => setTimeout(resolve));
    if (batch === batches / 10) early = await measure();
  }
  const late = await measure();
  expect(late.registered).toBe(early.registered);
  expect(late.blocks - early.blocks).toBeLessThan(500);
  expect(late.megabytes - early.megabytes).toBeLessThan(16);
});

Deno.test("functions made anew, for calls and for jobs, are gone when Python has dropped them", async () => {
  const now = () => ({ blocks: allocated.call() as number, registered: registeredCount() });
  const before = await measure();
  for (let i = 1; i <= 600_000; i++) {
    apply.call((x: number) => x + i, i);
    if (i % 10_000 === 0) {
      expect(now().registered - before.registered).toBeLessThan(10);
      expect(now().blocks - before.blocks).toBeLessThan(500);
    }
  }
  for (let i = 1; i <= 60_000; i++) {
    await python.job(apply, [(x: number) => x + i, i]);
    if (i % 1000 === 0) {
      expect(now().registered - before.registered).toBeLessThan(10);
      expect(now().blocks - before.blocks).toBeLessThan(500);
    }
  }
});
