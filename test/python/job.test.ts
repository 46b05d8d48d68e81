import { expect } from "expect";
import { kw, type PyObject, python, PythonError } from "clusterfit/python";
import { until } from "../until.ts";
import { inChild, run } from "./support.ts";

const jobs = run(`
import threading, time
entered, left = [], []
def add(a, b=0): return a + b
def thread(): return threading.get_ident()
def fail(): raise KeyError("inside")
def spin(seconds):
    end = time.thread_time() + seconds
    while time.thread_time() < end: pass
def count(n, progress):
    for i in range(n + 1):
        progress(i, i / 2)
    return n
def spin_until_told(told):
    while not told:
        if time.thread_time() > 60: raise RuntimeError("told nothing in 60 s of computing")
def count_until_seen(seen, progress):
    n = 0
    while len(seen) < 3:
        progress(n)
        n += 1
        time.sleep(0.001)
def forever():
    entered.append(1)
    try:
        while True: time.sleep(0.01)
    finally:
        time.sleep(0.05)
        left.append(1)
def stubborn():
    entered.append(1)
    try:
        while True: time.sleep(0.01)
    except BaseException: return "finished anyway"
kept = []
def keep(progress): kept.append(progress)
def too_many(progress): progress(*range(63))
`) as Record<string, PyObject>;
const job = (name: string) => jobs[name]!;

Deno.test("a job gives the value of its function, positional and keyword arguments included", async () => {
  expect(await python.job(job("add"), [1, kw({ b: 2 })])).toBe(3);
  expect(((await python.job(python.builtins.attr("list") as PyObject, ["ab"])) as PyObject).toJs())
    .toEqual(["a", "b"]);
});

Deno.test("a job runs on a thread of its own", async () => {
  const here = python.import("threading").method("get_ident");
  expect(await python.job(job("thread"), [])).not.toBe(here);
});

Deno.test("many jobs run at once and each gets its own value", async () => {
  const values = await Promise.all(
    Array.from({ length: 40 }, (_, i) => python.job(job("add"), [i, 100])),
  );
  expect(values).toEqual(Array.from({ length: 40 }, (_, i) => i + 100));
});

Deno.test("timers keep running while a job computes", async () => {
  using told = python.builtins.method("list") as PyObject;
  const work = python.job(job("spin_until_told"), [told]);
  let turns = 0;
  const timer = setInterval(() => {
    if (++turns === 20) told.method("append", 1); // nothing else ends the job
  }, 5);
  expect(await work.finally(() => clearInterval(timer))).toBe(null);
});

Deno.test("a job's error is a PythonError with the Python traceback and the caller's JS stack", async () => {
  const error = await python.job(job("fail"), []).catch((error) => error);
  expect(error).toBeInstanceOf(PythonError);
  expect(error.type).toBe("KeyError");
  expect(error.traceback).toContain("in fail");
  expect(error.traceback).not.toContain("clusterfit_bridge");
  expect(error.stack).toContain("job.test.ts");
});

Deno.test("arguments that do not fit are a rejection, and nothing stays behind", async () => {
  await expect(python.job(job("add"), [])).rejects.toThrow(
    "missing 1 required positional argument",
  );
  await expect(python.job(job("add"), [new Date() as unknown as null])).rejects.toThrow("Date");
});

Deno.test("progress shows the numbers as they come, and the last ones at the end", async () => {
  const seen: number[][] = [];
  expect(await python.job(job("count"), [1000], { onProgress: (values) => seen.push(values) }))
    .toBe(1000);
  expect(seen.at(-1)).toEqual([1000, 500]);
  for (const [i, half] of seen) expect(half).toBe(i! / 2);
  const ticks: number[] = [];
  using told = python.builtins.method("list") as PyObject;
  await python.job(job("count_until_seen"), [told], {
    onProgress([i]) {
      ticks.push(i!);
      told.method("append", i!);
    },
  });
  expect(ticks).toEqual(ticks.toSorted((a, b) => a - b));
});

Deno.test("progress after the end, and too much of it, are errors in Python", async () => {
  await python.job(job("keep"), [], { onProgress: () => {} });
  expect(() => (job("kept").item(0) as PyObject).call(1)).toThrow("it needs a running job");
  await expect(python.job(job("too_many"), [], { onProgress: () => {} })).rejects.toThrow(
    "at most 62",
  );
});

Deno.test("an abort ends the thread first and then rejects with the signal's reason", async () => {
  const controller = new AbortController();
  const work = python.job(job("forever"), [], { signal: controller.signal });
  await until(() => job("entered").length > 0);
  const reason = new Error("enough");
  controller.abort(reason);
  expect(await work.catch((error) => error)).toBe(reason);
  expect(job("left").length).toBe(1);
});

Deno.test("a job that swallows the cancellation is rejected all the same", async () => {
  job("entered").method("clear");
  const controller = new AbortController();
  const work = python.job(job("stubborn"), [], { signal: controller.signal });
  await until(() => job("entered").length > 0);
  controller.abort();
  await expect(work).rejects.toThrow("aborted");
});

Deno.test("an aborted signal starts nothing, and one that aborts later does nothing", async () => {
  const aborted = { signal: AbortSignal.abort("no"), onProgress: () => {} };
  await expect(python.job(job("add"), [1], aborted)).rejects.toBe("no");
  const controller = new AbortController();
  await python.job(job("add"), [1], { signal: controller.signal });
  controller.abort();
  expect(await python.job(job("add"), [5])).toBe(5);
});

Deno.test("cancelling at any moment ends the job, one way or the other", async () => {
  for (let i = 0; i < 60; i++) {
    const signal = AbortSignal.timeout(i % 6);
    const result = await python.job(job("spin"), [0.003], { signal }).catch((error) => error.name);
    expect([null, "TimeoutError"]).toContain(result);
  }
});

Deno.test("a job leaves no listener on its signal", async () => {
  const { signal } = new AbortController();
  let listeners = 0;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...args: Parameters<typeof add>) => (listeners++, add(...args));
  signal.removeEventListener = (
    ...args: Parameters<typeof remove>
  ) => (listeners--, remove(...args));
  const running = python.job(job("add"), [1], { signal });
  expect(listeners).toBe(1);
  await running;
  await python.job(job("fail"), [], { signal }).catch(() => {});
  await python.job(job("add"), [Symbol("x") as unknown as null], { signal }).catch(() => {});
  expect(listeners).toBe(0);
});

Deno.test("an onProgress that throws at the end is an uncaught error, not a lost job", async () => {
  const { code, stderr } = await inChild(`
exec("def work(progress): progress(1)");
await python.job(py("work"), [], { onProgress: () => { throw new Error("in onProgress"); } });
console.log("not reached");
`);
  expect(code).toBe(1);
  expect(stderr).toContain("in onProgress");
});

Deno.test("a signal that is aborted while the arguments are converted ends the job, too", async () => {
  const { code, stdout } = await inChild(`
exec("def forever(_):\\n    while True: pass");
const controller = new AbortController();
const argument = { get now() { controller.abort("aborted"); return 1; } };
console.log(await python.job(py("forever"), [argument], controller).catch((reason) => reason));
`);
  expect([code, stdout.trim()]).toEqual([0, "aborted"]);
});

Deno.test("one job after the other runs on the same thread, which is warm", async () => {
  const ident = python.import("threading").attr("get_ident") as PyObject;
  const threads = new Set<unknown>();
  for (let i = 0; i < 20; i++) threads.add(await python.job(ident, []));
  expect(threads.size).toBe(1);
});
