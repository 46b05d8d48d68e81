import { expect } from "expect";
import { type Ending, inChild, testWith } from "./support.ts";

Deno.test("using Python before it is started is refused", async () => {
  const { code, stderr } = await inChild(
    `import { python } from "clusterfit/python"; python.import("sys");`,
    { bare: true },
  );
  expect(code).toBe(1);
  expect(stderr).toContain("await python.start()");
});

Deno.test("misuse throws and never crashes the process", async () => {
  const { code, stdout } = await inChild(`
exec(\`
class Bad:
    def __str__(self): raise ValueError("str")
bad = Bad()
def ten(): return 10
\`);
const names: string[] = [];
const attempt = (use: () => unknown) => {
  try { use(); names.push("no error"); } catch (error) { names.push((error as PythonError).type); }
};
attempt(() => [...(python.int(5) as PyObject)]);
attempt(() => String(py("bad")));
attempt(() => python.import("sys").method("exit", 3));
attempt(() => python.import("os").method("kill"));
const dict = python.builtins.method("dict") as PyObject;
for (let i = 0; i < 1000; i++) python.builtins.method("len", dict);
console.log(names.join(" "), String(dict));
`);
  expect([code, stdout.trim()]).toEqual([0, "TypeError ValueError SystemExit TypeError {}"]);
});

Deno.test("shutdown waits for jobs, runs atexit, writes buffers, and refuses later calls", async () => {
  const file = await Deno.makeTempFile();
  try {
    const { code, stdout, stderr } = await inChild(`
exec(\`
import atexit, time
def work():
    time.sleep(0.2)
    print("job")
buffered = open("${file}", "w")
buffered.write("kept")
atexit.register(lambda: print("atexit"))
\`);
const object = py("buffered");
const view = (python.builtins.method("bytearray", 4) as PyObject).view();
python.job(py("work"), []);
await python.shutdown();
await python.shutdown();
try { object.attr("name"); } catch (error) { console.log((error as Error).message); }
try { await python.start(); } catch (error) { console.log((error as Error).message); }
object[Symbol.dispose]();
view.release();
`);
    expect(stderr).toBe("");
    expect([code, stdout.trim().split("\n")]).toEqual([0, [
      "job",
      "atexit",
      "Cannot call Python: it needs a running interpreter, found it shut down. Make all calls before " +
      "python.shutdown().",
      "Cannot start Python: it needs a process where it was not shut down, found one where it was. " +
      "Start a new process.",
    ]]);
    expect(await Deno.readTextFile(file)).toBe("kept");
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("shutdown waits for jobs that begin while it waits", async () => {
  const { code, stdout } = await inChild(`
exec("def work(name, during=lambda: None): during(); print(name + chr(10), end='')");
const first = python.job(py("work"), ["first"]);
const down = python.shutdown();
await first;
python.job(py("work"), ["second", () => void python.job(py("work"), ["third"])]);
await down;
console.log("down");
`);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^first\n(second\nthird|third\nsecond)\ndown\n$/);
});

testWith(["torch"], "shutdown after torch and numpy were used ends cleanly", async () => {
  const { code, stderr, stdout } = await inChild(`
const torch = python.import("torch");
const tensor = torch.method("ones", 100, 100) as PyObject;
const view = tensor.view();
await python.job(torch.attr("mm") as PyObject, [tensor, tensor]);
await python.shutdown();
console.log(view.data[0]);
`);
  expect([code, stdout.trim(), stderr]).toEqual([0, "1", ""]);
});

Deno.test("what Python printed is not lost without a shutdown, and an idle Python ends with Deno", async () => {
  const { code, stdout } = await inChild(`python.builtins.method("print", "hello");`);
  expect([code, stdout]).toEqual([0, "hello\n"]);
});

Deno.test("a pending job keeps the process alive", async () => {
  const { code, stdout } = await inChild(`
exec("import time\\ndef work(): time.sleep(0.3); return 'done'");
python.job(py("work"), []).then(console.log);
`);
  expect([code, stdout]).toEqual([0, "done\n"]);
});

Deno.test("Python threads run while JS idles", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const { stdout } = await inChild(`
exec(\`
import threading, time
def tick():
    for _ in range(20): time.sleep(0.005)
    open("${folder}/ended", "w").close()
thread = threading.Thread(target=tick)
thread.start()
\`);
await until(() => [...Deno.readDirSync("${folder}")].length > 0); // no call into Python meanwhile
console.log("ended");
`);
    expect(stdout.trim()).toBe("ended");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a subprocess started by multiprocessing is the same Python", async () => {
  const { code, stdout, stderr } = await inChild(`
exec(\`
import multiprocessing, operator
def work():
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(operator.add, (20, 22))
\`);
console.log(await python.job(py("work"), []));
await python.shutdown();
`);
  expect(stderr).toBe("");
  expect([code, stdout.trim()]).toEqual([0, "42"]);
});

Deno.test("Ctrl-C is Deno's alone, also once Python has imported signal", async () => {
  const { code, stdout } = await inChild(`
exec("import signal");
const pressed = new Promise<void>((resolve) => Deno.addSignalListener("SIGINT", resolve));
Deno.kill(Deno.pid, "SIGINT");
await pressed;
console.log(python.builtins.method("sum", [1, 2]));
Deno.exit(0);
`);
  expect([code, stdout]).toEqual([0, "3\n"]);
});

testWith(
  ["numpy"],
  "an uncaught error ends a process whose jobs write into memory of JS like any other",
  async () => {
    const { code, stderr } = await inChild(`
exec("def forever(array, progress):\\n    while True:\\n        array += 1\\n        progress(1)");
const seen = new Set<number>();
for (let i = 0; i < 3; i++) {
  python.job(py("forever"), [new Float32Array(200_000)], { onProgress: () => seen.add(i) });
}
until(() => seen.size === 3).then(() => { throw new Error("nobody catches this"); });
`);
    expect([code, stderr.includes("nobody catches this")]).toEqual([1, true]);
  },
);

Deno.test("an error that a listener prevents lets Python's threads go on", async () => {
  const { code, stdout } = await inChild(`
exec("import threading\\ngo = threading.Event()\\ndef work():\\n    go.wait()\\n    return 'went on'");
globalThis.addEventListener("error", (event) => {
  event.preventDefault();
  py("go").method("set");
});
const job = python.job(py("work"), []);
setTimeout(() => { throw new Error("prevented"); });
console.log(await job);
await python.shutdown();
`);
  expect([code, stdout.trim()]).toEqual([0, "went on"]);
});

Deno.test("whoever asks for the shutdown twice at once waits for the same one", async () => {
  const { code, stdout } = await inChild(`
exec("import atexit\\natexit.register(lambda: print('once', flush=True))");
await Promise.all([python.shutdown(), python.shutdown()]);
`);
  expect([code, stdout.trim()]).toEqual([0, "once"]);
});

Deno.test("a signal handler that raises at any moment does not leave the GIL with JS", async () => {
  const { code, stdout } = await inChild(`
exec(\`
import signal, sys
raised = 0
def tick(*_):
    global raised
    raised += 1
    raise TimeoutError
def call(f): return f()
sys.unraisablehook = lambda _: None
\`);
const call = py("call"), signal = py("signal");
const itimer = signal.attr("ITIMER_REAL"), sigalrm = signal.attr("SIGALRM");
signal.method("signal", sigalrm, py("tick"));
while (true) {
  try {
    signal.method("setitimer", itimer, 0.0002, 0.0002);
    for (let i = 0; i < 50; i++) call.call(() => 1);
    if (namespace.item("raised") as number > 1000) break;
  } catch { /* at any moment */ }
}
for (let quiet = false; !quiet;) {
  try {
    signal.method("setitimer", itimer, 0, 0);
    quiet = true;
  } catch { /* once more */ }
}
await python.shutdown();
console.log("released");
`);
  expect([code, stdout.trim()]).toEqual([0, "released"]);
});

/** Runs `deno test` on files of these sources, in this order. */
async function runTests(sources: readonly string[]): Promise<Ending> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [index, source] of sources.entries()) {
      await Deno.writeTextFile(`${folder}/${index}.test.ts`, source);
    }
    const config = new URL("../../deno.json", import.meta.url).pathname;
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["test", "--allow-all", "--no-check", "--config", config, folder],
      env: { NO_COLOR: "1" },
    }).output();
    const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    return { code, stdout: out!, stderr: err! };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

testWith(["numpy"], "a job that a test file leaves behind does not end the next one", async () => {
  const leave = `
import { type PyObject, python } from "clusterfit/python";
await python.start();
Deno.test({ name: "leaves jobs", sanitizeOps: false, sanitizeResources: false, fn() {
  const names = python.builtins.method("dict") as PyObject;
  python.builtins.method("exec", "def forever(array, progress):\\n while True:\\n  array += 1\\n  progress(1)", names);
  for (let i = 0; i < 3; i++) {
    const array = new Float32Array(200_000);
    python.job(names.item("forever") as PyObject, [array], { onProgress() {} }).catch(() => {});
  }
} });`;
  const wait = `Deno.test("waits", () => new Promise((end) => setTimeout(end, 300)));`;
  const { code, stdout } = await runTests([leave, leave, wait]);
  expect([code, stdout]).toEqual([0, expect.stringContaining("3 passed")]);
});

/** Has Python print at its end, and leaves a file for that to write. */
async function withEnd(use: (source: string, file: string) => Promise<void>): Promise<void> {
  const file = await Deno.makeTempFile();
  try {
    await use(
      `
import atexit, threading
buffered = open("${file}", "w")
buffered.write("kept")
atexit.register(lambda: print("atexit", threading.current_thread() is threading.main_thread()))
`,
      file,
    );
  } finally {
    await Deno.remove(file);
  }
}

for (
  const [when, source, status] of [
    ["when nothing is left to do", "", 0],
    ["at Deno.exit()", "Deno.exit(3);", 3],
    ["at Deno.exit() inside a Python call", "py('call').call(() => Deno.exit(4));", 4],
    ["in a later turn, with an exit code set", "setTimeout(() => Deno.exitCode = 5, 1);", 5],
  ] as const
) {
  Deno.test(`Python ends with Deno ${when}: handlers run, files are written`, () =>
    withEnd(async (python, file) => {
      const { code, stdout, stderr } = await inChild(`
exec(\`${python}
import time
def call(f): f()
threading.Thread(target=lambda: (time.sleep(0.2), print("thread"))).start()
\`);
${source}
`);
      expect([code, stdout, stderr]).toEqual([status, "thread\natexit True\n", ""]);
      expect(await Deno.readTextFile(file)).toBe("kept");
    }));
}

Deno.test("what a handler raises is printed, a JS function that it calls included, and ends nothing", async () => {
  const { code, stdout, stderr } = await inChild(`
exec("import atexit\\natexit.register(lambda: print('last'))\\ndef fail(): raise ValueError('in a handler')");
python.import("atexit").method("register", py("fail"));
python.import("atexit").method("register", () => console.log("not reached"));
`);
  expect([code, stdout]).toEqual([0, "last\n"]);
  expect(stderr).toContain("ValueError: in a handler");
  expect(stderr).toContain("Cannot call a JS function: it needs JS to run");
});

Deno.test("an end waits for nothing without limit: jobs, tasks, threads and handlers", () =>
  withEnd(async (source, file) => {
    const endings = [
      `python.job(py("endless"), []).catch(() => {}); setTimeout(() => Deno.exit(1), 50);`,
      `python.promise(py("task").call()).catch(() => {}); setTimeout(() => Deno.exit(2), 50);`,
      `python.import("threading").method("Thread", kw({ target: py("endless") })).method("start"); Deno.exit(3);`,
      `python.import("atexit").method("register", py("endless")); Deno.exit(4);`,
    ];
    const run = (ending: string) =>
      inChild(`
exec(\`${source}
import asyncio, time
def endless():
    while True:
        try: time.sleep(0.01)
        except BaseException: pass
async def task():
    while True:
        try: await asyncio.sleep(0.01)
        except BaseException: pass
\`);
${ending}`);
    const ends = await Promise.all(endings.map(run));
    expect(ends.map(({ code }) => code)).toEqual([1, 2, 3, 4]);
    for (const { stdout } of ends.slice(0, 3)) expect(stdout).toBe("atexit True\n");
    expect(ends[3]!.stderr).toContain("atexit handlers did not end within 5 seconds");
    expect(await Deno.readTextFile(file)).toBe("kept");
  }));

testWith(["joblib"], "processes and shared memory of joblib end with Deno", async () => {
  const { code, stdout } = await inChild(`
exec(\`
import math, joblib
def work():
    return sum(joblib.Parallel(n_jobs=2)(joblib.delayed(math.factorial)(i) for i in range(6)))
\`);
console.log(await python.job(py("work"), []), Deno.pid);
`);
  const [sum, pid] = stdout.trim().split(" ");
  expect([code, sum]).toEqual([0, "154"]);
  if (Deno.build.os !== "linux") return;
  const left = [...Deno.readDirSync("/dev/shm")].map(({ name }) => name);
  expect(left.filter((name) => name.includes(pid!))).toEqual([]);
});

Deno.test("test files share one Python, which ends when the last of them has", () =>
  withEnd(async (source, file) => {
    const test = (name: string, python: string) => `
import { type PyObject, python } from "clusterfit/python";
await python.start();
Deno.test("${name}", () => {
  const names = python.builtins.method("dict") as PyObject;
  python.builtins.method("exec", ${JSON.stringify(python)}, names);
});`;
    const pool = `
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(1) as pool: print(pool.submit(abs, -1).result(), flush=True)`;
    const { code, stdout } = await runTests([test("first", source), test("second", pool)]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/second \.\.\.\s*1\n[^]*2 passed[^]*atexit False/);
    expect(await Deno.readTextFile(file)).toBe("kept");
  }));
