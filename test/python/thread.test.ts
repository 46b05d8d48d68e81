import { expect } from "expect";
import { type PyObject, python, PythonError } from "clusterfit/python";
import { inChild, run } from "./support.ts";

const threads = run(`
import threading
def apply(f, *args): return f(*args)
def ident(): return threading.get_ident()
def total(f, threads, calls):
    sums = [0] * threads
    def work(i):
        for k in range(calls): sums[i] += f(k)
    running = [threading.Thread(target=work, args=(i,)) for i in range(threads)]
    for thread in running: thread.start()
    for thread in running: thread.join()
    return sum(sums)
def wrapped(f):
    try: return f()
    except Exception as error: raise LookupError("outer") from error
def swallow(f):
    try: f()
    except BaseException as error: return repr(error)
`) as Record<string, PyObject>;
const on = (name: string) => threads[name]!;

Deno.test("a JS function called on a Python thread runs on the thread of JS", async () => {
  expect(await python.job(on("apply"), [(a: number, b: number) => a + b, 1, 2])).toBe(3);
  const here = on("ident").call();
  expect(await python.job(on("apply"), [() => on("ident").call()])).toBe(here);
});

Deno.test("threads call JS at the same time and each gets its own values", async () => {
  expect(await python.job(on("total"), [(k: number) => 2 * k, 8, 100])).toBe(8 * 9900);
});

Deno.test("errors cross between threads as what they are", async () => {
  const original = new RangeError("from JS");
  const thrown = () => {
    throw original;
  };
  expect(await python.job(on("apply"), [thrown]).catch((error) => error)).toBe(original);
  const error = await python.job(on("wrapped"), [thrown]).catch((error) => error);
  expect([error.type, error.cause]).toEqual(["LookupError", original]);

  const exception = python.builtins.method("ValueError", "kept") as PyObject;
  const raised = (value: PyObject) => on("apply").call(run("def f(e): raise e")["f"]!, value);
  const back = await python.job(on("apply"), [raised, exception]).catch((error) => error);
  expect(back).toBeInstanceOf(PythonError);
  expect(back.value.is(exception)).toBe(true);
  expect(await python.job(on("swallow"), [() => python.import("sys").method("exit", 3)]))
    .toBe("SystemExit(3)");
});

Deno.test("a job that calls JS again and again ends when it is aborted", async () => {
  const { forever } = run("def forever(f):\n    while True: f()") as { forever: PyObject };
  let calls = 0;
  const controller = new AbortController();
  const count = () => {
    if (++calls === 100) controller.abort("enough");
  };
  await expect(python.job(forever, [count], { signal: controller.signal })).rejects.toBe("enough");
  expect(calls).toBeGreaterThanOrEqual(100);
});

Deno.test("JS that waits in Python for a thread still serves the calls of that thread", async () => {
  const { code, stdout } = await inChild(`
exec(\`
import queue, threading, time
def join(f):
    out = []
    thread = threading.Thread(target=lambda: out.append(f(1)))
    thread.start()
    thread.join()
    return out[0]
def get(f):
    box = queue.Queue()
    threading.Thread(target=lambda: box.put(f(2))).start()
    return box.get()
def sleep(f):
    out = []
    threading.Thread(target=lambda: out.append(f(3))).start()
    while not out: time.sleep(0.5)
    return out[0]
lock = threading.Lock()
lock.acquire()
def unlock(f):
    f(4)
    lock.release()
def start(f): threading.Thread(target=unlock, args=(f,)).start()
\`);
const seen = (n: number) => n * 10;
console.log(...["join", "get", "sleep"].map((name) => py(name).call(seen)));
py("start").call(seen);
console.log(py("lock").method("acquire"));
await python.shutdown();
`);
  expect([code, stdout]).toEqual([0, "10 20 30\ntrue\n"]);
});

/** `module`: how the bridge detects that JS is blocked inside a call. */
const interrupt = `
exec(\`
import sys, threading, signal
[module] = [module for name, module in sys.modules.items()
            if name.startswith("clusterfit_bridge") and name.endswith(".interrupt")]
\`);
`;

Deno.test("a wait for JS that could never end raises instead", async () => {
  const { code, stdout } = await inChild(`${interrupt}
exec(\`
module.TIMEOUT = 0.3
out = []
def call(f):
    try: out.append(f())
    except RuntimeError as error: out.append(str(error))
def join(f):
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGURG]) # a wait that cannot be interrupted
    thread = threading.Thread(target=call, args=(f,))
    thread.start()
    thread.join()
    return out[0]
\`);
console.log(py("join").call(() => "never"));
await python.shutdown();
`);
  expect(code).toBe(0);
  expect(stdout).toContain("found it blocked there for 0.3 seconds");
  expect(stdout).toContain("await python.job(fn, args)");
});

Deno.test("JS that computes for long is waited for", async () => {
  const { code, stdout } = await inChild(`${interrupt}
exec(\`
def watch(*seconds):
    "Checks JS once a second, which computes for so much of it; None: outside of Python."
    samples = [(0.0, 0.0, True)]
    for cpu in seconds:
        time, before, _ = samples[-1]
        samples.append((time + 1, before + (cpu or 0), cpu is not None))
    real, module._sample = module._sample, lambda: module._Sample(*samples.pop(0))
    try:
        watchdog = module.Watchdog()
        while samples: watchdog.check()
        return "waited"
    except RuntimeError: return f"gave up, {len(samples)} samples before the end"
    finally: module._sample = real
blocked = [0.0] * 10
print(watch(*blocked))
print(watch(*blocked, 0.0, 0.0))
print(watch(*blocked, 0.5, *blocked))
print(watch(*blocked, None, None, *blocked))
\`);
await python.shutdown();
`);
  const lines = ["waited", "gave up, 1 samples before the end", "waited", "waited"];
  expect([code, stdout.trim().split("\n")]).toEqual([0, lines]);
});

Deno.test("shutdown ends the waits of threads with an error, and later calls are refused", async () => {
  const { code, stdout } = await inChild(`
exec(\`
import sys, threading
def forever(f):
    try:
        while True: f()
    except RuntimeError as error: sys.stdout.write(str(error) + "\\\\n")
def start(f):
    for _ in range(4): threading.Thread(target=forever, args=(f,)).start()
\`);
let calls = 0;
py("start").call(() => ++calls);
await until(() => calls > 20);
await python.shutdown();
console.log("down");
`);
  expect(code).toBe(0);
  const refusals = stdout.match(
    /Cannot call a JS function from a Python thread: it needs JS to run/g,
  );
  expect(refusals).toHaveLength(4); // their lines may run into each other
  expect(stdout).toMatch(/down\n$/);
});

Deno.test("a Python thread that waits for JS does not keep the process alive, a job does", async () => {
  const thread = await inChild(`
exec(\`
import sys, threading
def start(f): threading.Thread(target=f).start()
for name, module in list(sys.modules.items()):
    if name.startswith("clusterfit_bridge") and name.endswith(".cross_thread"): waiting = module._queue
\`);
py("start").call(() => console.log("too late"));
while (py("waiting").length === 0);
`);
  expect(thread.code).toBe(0);
  const job = await inChild(`
exec("import time\\ndef work(f): time.sleep(0.2); return f()");
python.job(py("work"), [() => "in time"]).then(console.log);
`);
  expect([job.code, job.stdout]).toEqual([0, "in time\n"]);
});
