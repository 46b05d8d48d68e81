import { expect } from "expect";
import standard, { PyObject, Python, python, PythonError } from "clusterfit/deno-python";
import { until } from "../until.ts";

const sys = python.import("sys");

Deno.test("Python runs as soon as the module is imported", () => {
  expect(standard).toBe(python);
  expect(python).toBeInstanceOf(Python);
  expect(String(sys.version)).toMatch(/^3\.\d+\.\d+/);
  expect(sys.argv.valueOf()).toEqual([""]);
});

Deno.test("import gives the module of a dotted name, importObject the object behind it", () => {
  expect(python.import("os.path").basename("/a/b").valueOf()).toBe("b");
  expect(python.importObject("os.path")).toBeInstanceOf(PyObject);
  expect(() => python.import("no_such_module")).toThrow("ModuleNotFoundError");
});

Deno.test("run works in __main__, and what it defines stays", () => {
  python.run("def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)");
  python.run("result = fib(10)");
  expect(python.import("__main__").result.valueOf()).toBe(55);
  expect(() => python.run("no syntax")).toThrow("SyntaxError");
});

Deno.test("runModule makes a module, or runs in the one of that name", () => {
  const first = python.runModule("value = 1\nname = __name__", "python_test_a");
  expect([first.value + 0, first.name.valueOf()]).toEqual([1, "python_test_a"]);
  python.runModule("value += 1", "python_test_a");
  expect(first.value + 0).toBe(2);
  expect(python.import("python_test_a").value + 0).toBe(2);
  expect(String(python.runModule("main = __name__").main)).toBe("__main__");
  expect(python.runModule("value = 3", "a.name.with_dots.py").value + 0).toBe(3);
});

Deno.test("a module that fails is not there afterwards, unless it was there before", () => {
  expect(() => python.runModule("1 / 0", "python_test_b")).toThrow(PythonError);
  expect("python_test_b" in sys.modules).toBe(false);
  expect(() => python.runModule("1 / 0")).toThrow("ZeroDivisionError");
  expect("__main__" in sys.modules).toBe(true);
});

Deno.test("coroutines run to their end with asyncio.run", () => {
  const { test } = python.runModule("async def test():\n  return 'ok'", "python_test_c");
  expect(python.import("asyncio").run(test()).valueOf()).toBe("ok");
});

Deno.test("Python's threads run while JS waits", async () => {
  const folder = await Deno.makeTempDir();
  python.runModule(
    `
import threading, time
def work():
    for _ in range(5):
        time.sleep(0.001)
    open("${folder}/ended", "w").close()
threading.Thread(target=work).start()
`,
    "python_test_d",
  );
  await until(() => [...Deno.readDirSync(folder)].length > 0); // no call into Python meanwhile
  await Deno.remove(folder, { recursive: true });
});
