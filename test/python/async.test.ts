import { expect } from "expect";
import { type PyObject, python } from "clusterfit/python";
import { until } from "../until.ts";
import { inChild, run } from "./support.ts";

const code = run(`
import asyncio
entered, left = [], []
async def add(a, b):
    await asyncio.sleep(0.001)
    return a + b
async def fail():
    await asyncio.sleep(0)
    raise KeyError("inside")
async def forever():
    entered.append(1)
    try: await asyncio.sleep(3600)
    finally: left.append(1)
async def call(f, *args): return await f(*args)
async def both(f): return await asyncio.gather(f(1), f(2))
def run(f, *args): return asyncio.run(call(f, *args))
def result(f, *args, timeout=None): return f(*args).result(timeout)
closed = []
async def count(n):
    try:
        for i in range(n):
            await asyncio.sleep(0)
            yield i
    finally: closed.append(n)
async def broken():
    yield 1
    raise ValueError("generator")
class Exits:
    def __aiter__(self): return self
    async def __anext__(self): raise SystemExit(3)
`) as Record<string, PyObject>;
const py = (name: string) => code[name]!;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

Deno.test("a coroutine is awaited with its value, its error, and the caller's JS stack", async () => {
  expect(await python.promise(py("add").call(1, 2))).toBe(3);
  const error = await python.promise(py("fail").call()).catch((error) => error);
  expect([error.type, error.traceback.includes("in fail")]).toEqual(["KeyError", true]);
  expect(error.traceback).not.toContain("clusterfit_bridge");
  expect(error.stack).toContain("async.test.ts");
});

Deno.test("what is not awaitable is refused", async () => {
  await expect(python.promise(3)).rejects.toThrow(
    "TypeError: An asyncio.Future, a coroutine or an",
  );
});

Deno.test("coroutines run at the same time", async () => {
  const sums = Array.from({ length: 50 }, (_, i) => python.promise(py("add").call(i, 1)));
  expect(await Promise.all(sums)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
});

Deno.test("an abort cancels the coroutine and then rejects with the signal's reason", async () => {
  const controller = new AbortController();
  const work = python.promise(py("forever").call(), { signal: controller.signal });
  await until(() => py("entered").length > 0);
  const reason = new Error("enough");
  controller.abort(reason);
  expect(await work.catch((error) => error)).toBe(reason);
  expect(py("left").length).toBe(1);
  await expect(python.promise(null, { signal: AbortSignal.abort("no") })).rejects.toBe("no");
});

Deno.test("an abort at any moment ends the wait, also before the coroutine has begun", async () => {
  for (let i = 0; i < 60; i++) {
    const controller = new AbortController();
    const work = python.promise(py("add").call(i, 1), { signal: controller.signal });
    if (i % 3 > 0) await sleep(i % 3 - 1);
    controller.abort("no");
    expect([i + 1, "no"]).toContain(await work.catch((error) => error));
  }
});

Deno.test("an async JS function is awaitable in Python, on any thread but that of JS", async () => {
  const slow = async (n: number) => {
    await sleep(2);
    return n * 10;
  };
  expect(await python.promise(py("call").call(slow, 1))).toBe(10);
  expect((await python.promise(py("both").call(slow)) as PyObject).toJs()).toEqual([10, 20]);
  expect(await python.job(py("run"), [slow, 3])).toBe(30);
  expect(await python.job(py("result"), [slow, 4])).toBe(40);
  expect(() => py("result").call(slow, 5)).toThrow("it needs another thread");
  expect(() => py("run").call(slow, 6)).toThrow("await python.job(fn, args)");
});

Deno.test("a rejection is raised in Python and comes back as the same error", async () => {
  const original = new RangeError("from JS");
  const rejected = () => Promise.reject(original);
  expect(await python.promise(py("call").call(rejected)).catch((error) => error)).toBe(original);
  expect(await python.job(py("result"), [rejected]).catch((error) => error)).toBe(original);
  const exception = python.builtins.method("ValueError", "kept") as PyObject;
  const raised = () => python.job(run("def f(e): raise e")["f"]!, [exception]);
  const back = await python.job(py("result"), [raised]).catch((error) => error);
  expect(back.value.is(exception)).toBe(true);
  const unfit = () => Promise.resolve(Symbol("x") as unknown as null);
  await expect(python.job(py("result"), [unfit])).rejects.toThrow("a symbol");
});

Deno.test("a promise that is not settled in time is a TimeoutError", async () => {
  const { wait } = run("def wait(f): return f().result(timeout=0.05)") as { wait: PyObject };
  const never = () => new Promise<null>(() => {});
  await expect(python.job(wait, [never])).rejects.toThrow("TimeoutError: JS did not settle");
});

Deno.test("async generators are iterated, and closed when the loop is left early", async () => {
  const seen: unknown[] = [];
  for await (const i of py("count").call(3) as PyObject) seen.push(i);
  for await (const i of py("count").call(100) as PyObject) {
    seen.push(i);
    break;
  }
  expect(seen).toEqual([0, 1, 2, 0]);
  expect(py("closed").toJs()).toEqual([3, 100]);
});

Deno.test("errors of an async generator come out at the right item", async () => {
  const seen: unknown[] = [];
  const loop = async (iterable: PyObject) => {
    for await (const i of iterable) seen.push(i);
  };
  await expect(loop(py("broken").call() as PyObject)).rejects.toThrow("generator");
  expect(seen).toEqual([1]);
  await expect(loop(py("Exits").call() as PyObject)).rejects.toThrow("SystemExit: 3");
  await expect(loop(python.builtins.method("list", []) as PyObject)).rejects.toThrow("async iter");
  expect(await python.promise(py("add").call(1, 1))).toBe(2);
});

Deno.test("shutdown waits for what is awaited, cancels the rest, and ends waits for promises", async () => {
  const { code, stdout, stderr } = await inChild(`
exec(\`
import asyncio, threading
async def background():
    try: await asyncio.sleep(3600)
    finally: print("cancelled")
async def work():
    global task
    task = asyncio.get_running_loop().create_task(background())
    await asyncio.sleep(0.1)
    print("done")
async def later(): await asyncio.sleep(0.001)
def wait(f):
    try: f().result()
    except RuntimeError as error: print(error)
def start(f): threading.Thread(target=wait, args=(f,)).start()
\`);
let asked = false;
py("start").call(() => {
  asked = true;
  return new Promise(() => {});
});
await until(() => asked);
python.promise(py("work").call()).then(() => python.promise(py("later").call()));
const down = python.shutdown();
down.then(() => console.log("down"));
const tick = setInterval(async () => {
  try { await python.promise(py("later").call()); } catch { clearInterval(tick); }
});
await down;
`);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  expect(stdout.trim().split("\n").toSorted()).toEqual(
    [
      "Cannot wait for a JS promise: it needs JS to settle it, found that JS has ended. " +
      "Await it before JS ends",
      "cancelled",
      "done",
      "down",
    ],
  );
});

Deno.test("a coroutine keeps the process alive", async () => {
  const { code, stdout } = await inChild(`
exec("import asyncio\\nasync def work(): await asyncio.sleep(0.2); return 'done'");
python.promise(py("work").call()).then(console.log);
`);
  expect([code, stdout]).toEqual([0, "done\n"]);
});
