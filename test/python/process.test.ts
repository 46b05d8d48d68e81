import { expect } from "expect";
import { inChild, testWith } from "./support.ts";

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
      "Python was shut down: no call is possible any more.",
      "Python was shut down; it cannot be started again in the same process.",
    ]]);
    expect(await Deno.readTextFile(file)).toBe("kept");
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("shutdown waits for jobs that begin while it waits", async () => {
  const { code, stdout } = await inChild(`
exec("def work(name, during=lambda: None): during(); print(name)");
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

testWith(["numpy"], "a job that a test file leaves behind does not end the next one", async () => {
  const folder = await Deno.makeTempDir();
  try {
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
    for (const [name, source] of [["a", leave], ["b", leave], ["c", wait]]) {
      await Deno.writeTextFile(`${folder}/${name}.test.ts`, source!);
    }
    const config = new URL("../../deno.json", import.meta.url).pathname;
    const { code, stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["test", "--allow-all", "--no-check", "--config", config, folder],
      env: { NO_COLOR: "1" },
    }).output();
    expect([code, new TextDecoder().decode(stdout)]).toEqual([
      0,
      expect.stringContaining("3 passed"),
    ]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
