import { expect } from "expect";
import { inChild } from "./support.ts";

const source = `
exec(\`
import threading
class Fails:
    def __del__(self): raise ValueError("in a finalizer")
class Calls:
    def __init__(self, f): self.f = f
    def __del__(self): self.f()
def drop(make, *args): make(*args)
def thread(error):
    def work(): raise error
    running = threading.Thread(target=work, name="worker")
    running.start()
    running.join()
\`);
const thrown = () => { throw new RangeError("from JS"); };
const drop = () => {
  py("drop").call(py("Fails"));
  py("drop").call(py("Calls"), thrown);
  py("thread").call(python.builtins.method("KeyError", "in a thread"));
};
`;

Deno.test("errors of finalizers and of threads are printed, and end nothing", async () => {
  const { code, stdout, stderr } = await inChild(`${source}
drop();
await python.shutdown();
console.log("went on");
`);
  expect([code, stdout]).toEqual([0, "went on\n"]);
  expect(stderr).toContain("ValueError: in a finalizer");
  expect(stderr).toContain("JavaScriptError: RangeError: from JS");
  expect(stderr).toContain("Exception in thread worker");
  expect(stderr).toContain("KeyError: 'in a thread'");
});

Deno.test("onUnraisable has them told to JS instead, and null undoes that", async () => {
  const { code, stdout, stderr } = await inChild(`${source}
let told = 0;
python.onUnraisable((error, where) => {
  told++;
  const name = error instanceof PythonError ? error.type : (error as Error).name;
  console.log(name, where.replace(/ at 0x.*/, ""));
});
drop();
await until(() => told === 3);
python.onUnraisable(null);
py("drop").call(py("Fails"));
await python.shutdown();
`);
  expect(code).toBe(0);
  expect(stdout.trim().split("\n")).toEqual([
    expect.stringMatching(/^ValueError Exception ignored .*<function Fails.__del__$/),
    expect.stringMatching(/^RangeError Exception ignored .*<function Calls.__del__$/),
    "KeyError Exception in thread worker",
  ]);
  expect(stderr.match(/ValueError: in a finalizer/g)).toHaveLength(1);
});

Deno.test("an error of the handler itself is an uncaught error", async () => {
  const { code, stderr } = await inChild(`${source}
python.onUnraisable(() => { throw new Error("the handler's own"); });
drop();
await until(() => false);
`);
  expect(code).toBe(1);
  expect(stderr).toContain("the handler's own");
});

Deno.test("a rejection that Python did not wait for is not lost", async () => {
  const { code, stdout, stderr } = await inChild(`
exec("def ignore(f): f()");
py("ignore").call(() => Promise.reject(new RangeError("printed")));
py("ignore").call(() => new Promise(() => {}));
await turn();
let told = false;
python.onUnraisable((error) => {
  told = true;
  console.log((error as Error).message);
});
py("ignore").call(() => Promise.reject(new RangeError("told")));
await until(() => told);
await python.shutdown();
`);
  expect([code, stdout]).toEqual([0, "told\n"]);
  expect(stderr).toContain("RangeError: printed");
  expect(stderr).not.toContain("JS has ended");
});

Deno.test("errors that come when JS has ended are printed", async () => {
  const { code, stderr } = await inChild(`${source}
python.onUnraisable(() => {});
exec("import atexit; atexit.register(drop, Fails)");
await python.shutdown();
`);
  expect(code).toBe(0);
  expect(stderr).toContain("ValueError: in a finalizer");
});

Deno.test("SystemExit and KeyboardInterrupt end no process, wherever they are raised", async () => {
  const { code, stdout } = await inChild(`
exec(\`
import asyncio, sys, threading
def leave(): sys.exit(3)
def interrupt(): raise KeyboardInterrupt
async def leave_later(): sys.exit(4)
async def in_a_task():
    asyncio.get_running_loop().create_task(leave_later())
    await asyncio.sleep(0.05)
    return "the loop went on"
class Fails:
    def __del__(self): sys.exit(5)
def thread(f): threading.Thread(target=f).start()
def apply(f): f()
\`);
const name = (error: unknown) => (error as PythonError).type;
const attempt = (use: () => unknown) => { try { return use(); } catch (error) { return name(error); } };
console.log(attempt(() => py("leave").call()), attempt(() => py("interrupt").call()));
console.log(attempt(() => py("apply").call(() => py("leave").call())));
console.log(await python.job(py("leave"), []).catch(name), await python.job(py("interrupt"), []).catch(name));
console.log(await python.job(py("apply"), [() => py("interrupt").call()]).catch(name));
console.log(await python.promise(py("leave_later").call()).catch(name));
console.log(await python.promise(py("in_a_task").call()));
py("Fails").call();
py("thread").call(py("leave"));
let called = false;
py("thread").call(() => {
  called = true;
  py("leave").call();
});
await until(() => called);
await python.shutdown();
console.log("down");
`);
  expect(stdout.trim().split("\n")).toEqual([
    "SystemExit KeyboardInterrupt",
    "SystemExit",
    "SystemExit KeyboardInterrupt",
    "KeyboardInterrupt",
    "SystemExit",
    "the loop went on",
    "down",
  ]);
  expect(code).toBe(0);
});
