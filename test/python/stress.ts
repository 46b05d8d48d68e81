/**
 * `deno run --allow-all test/python/stress.ts [seconds]`: four Python threads, jobs, callbacks and both
 * garbage collectors at once. Prints, as JSON, what was done and by how much the process has grown
 * since a first third of that time. On a machine so busy that some of it was done less than 100 times
 * by then, each third goes on until it was.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { kw, type PyObject, python, PythonError } from "clusterfit/python";
import { registeredCount } from "../../src/python/registry.ts";
import { collectAll, collectJs, run } from "./support.ts";

const { shared, start, finish, work, failures, rounds, apply } = run(`
import gc, threading, time
import numpy as np

class Node:
    "A cycle that only the garbage collector frees."
    def __init__(self): self.me = self; self.data = [object() for _ in range(20)]

shared, failures, rounds, threads = [], [], [0] * 4, []
over = threading.Event()

def churn(): [Node() for _ in range(20)]
def compute(): assert np.arange(1000).sum() == 499500
def share():
    shared.append({"node": Node(), "text": "é" * 10, "values": [1, 2.5, None]})
    if len(shared) > 20: shared.clear()
def collect(): gc.collect(0 if sum(rounds) % 100 else 2)

def loop(index, double):
    def call(): assert double([index])[0] == 2 * index
    while not over.is_set():
        for task in [churn, compute, share, collect, call]:
            try: task()
            except BaseException as error: failures.append(repr(error))
        rounds[index] += 1

def start(double):
    over.clear()
    threads[:] = [threading.Thread(target=loop, args=[index, double]) for index in range(4)]
    for thread in threads: thread.start()

def finish():
    over.set()
    for thread in threads: thread.join()

def work(n, progress=lambda i: None):
    if n % 10 == 0: raise ValueError(n)
    total = 0
    for i in range(n * 10):
        total += i
        progress(i)
    return total

def apply(f, *args): return f(*args)
`) as Record<
  "shared" | "start" | "finish" | "work" | "failures" | "rounds" | "apply",
  PyObject
>;

const done = { jobs: 0, callbacks: 0, fromThreads: 0, collections: 0 };

const counts = () => [...Object.values(done), ...rounds.toJs() as number[]];

/** Called on Python threads: takes a list and gives one. */
function double(list: PyObject): number[] {
  using numbers = list;
  done.fromThreads++;
  return (numbers.toJs() as number[]).map((n) => 2 * n);
}

function expectEqual(found: unknown, expected: unknown): void {
  if (found !== expected) throw new Error(`${found} was found, ${expected} was expected`);
}

/** Jobs of every ending: a value, an error, a cancellation. */
async function jobs(running: () => boolean): Promise<void> {
  for (let n = 1; running(); n++) {
    using doubled = await python.job(apply, [double, [n]]) as PyObject;
    expectEqual(doubled.item(0), 2 * n);
    const signal = n % 7 === 0 ? AbortSignal.timeout(n % 5) : undefined;
    const onProgress = n % 3 === 0 ? () => {} : undefined;
    try {
      expectEqual(
        await python.job(work, [n % 200], { signal, onProgress }),
        sumBelow(n % 200 * 10),
      );
    } catch (error) {
      const failed = error instanceof PythonError && error.type === "ValueError" && n % 10 === 0;
      if (!failed && error !== signal?.reason) throw error;
    }
    done.jobs++;
  }
}

const sumBelow = (n: number) => n * (n - 1) / 2;

/** Functions of JS called by Python, errors across both, and objects that threads are changing. */
async function callbacks(running: () => boolean): Promise<void> {
  const inner = new Error("inner");
  const fails = () => {
    throw inner;
  };
  for (; running(); await sleep(0)) {
    python.scope(() => {
      const sorted = python.builtins.method("sorted", [3, 1, 2], kw({ key: (x: number) => -x }));
      expectEqual(String(sorted), "[3, 2, 1]");
      const nested = () => python.builtins.method("max", 1, 2, kw({ key: (x: number) => -x }));
      expectEqual(
        (python.builtins.method("map", nested, [1]) as PyObject)[Symbol.iterator]().next().value,
        1,
      );
      try {
        python.builtins.method("list", python.builtins.method("map", fails, [1]));
      } catch (error) {
        expectEqual(error, inner);
      }
      for (const item of shared.toJs() as { text: string }[]) expectEqual(item.text, "éééééééééé");
      const data = Float64Array.of(1, 2, 3);
      using view = python.array(data).view();
      expectEqual(view.data[2], 3);
    });
    done.callbacks++;
  }
}

async function collections(running: () => boolean): Promise<void> {
  for (; running(); await sleep(20)) {
    collectJs();
    done.collections++;
  }
}

async function phase(
  seconds: number,
): Promise<{ megabytes: number; blocks: number; registered: number }> {
  const end = performance.now() + seconds * 1000;
  const before = counts();
  const running = () =>
    performance.now() < end || counts().some((count, i) => count - before[i]! < 100);
  start.call(double);
  await Promise.all([
    jobs(running),
    jobs(running),
    jobs(running),
    callbacks(running),
    collections(running),
  ]);
  await python.job(finish, []);
  shared.method("clear");
  await collectAll();
  return {
    megabytes: Deno.memoryUsage().rss / 2 ** 20,
    blocks: python.import("sys").method("getallocatedblocks") as number,
    registered: registeredCount(),
  };
}

const seconds = Number(Deno.args[0] ?? 60);
const early = await phase(seconds / 3);
const late = await phase(seconds * 2 / 3);
console.log(JSON.stringify({
  ...done,
  rounds: rounds.toJs(),
  failures: failures.toJs(),
  grown: {
    megabytes: late.megabytes - early.megabytes,
    blocks: late.blocks - early.blocks,
    registered: late.registered - early.registered,
  },
}));
await python.shutdown();
