import { expect } from "expect";
import { type PyObject, python, PythonError } from "clusterfit/python";
import { inChild, references, testWith } from "./support.ts";

const builtins = python.builtins;
const main = python.import("__main__");

function failure(call: () => unknown): PythonError {
  try {
    call();
  } catch (error) {
    if (error instanceof PythonError) return error;
    throw error;
  }
  throw new Error("nothing was raised");
}

Deno.test("run() executes statements in __main__, and eval() gives values from there", () => {
  python.run(`
    import math

    def area(radius):
        return math.pi * radius ** 2
  `);
  expect(python.eval("area(2)")).toBeCloseTo(4 * Math.PI);
  expect(main.method("area", 1)).toBe(Math.PI);
  expect((python.eval("area") as PyObject).attr("__module__")).toBe("__main__");
  python.run("size = 3");
  python.run("size += 1");
  expect(python.eval("  size\n")).toBe(4);
  const typed: number = python.eval<number>("size");
  expect(typed).toBe(4);
});

Deno.test("locals of eval() are seen inside inner functions, and nowhere else", () => {
  python.run("scale = 10");
  expect(python.eval("a + b", { a: 1, b: "2".length })).toBe(2);
  const lists = python.eval("[[scale * k * x for x in y] for y in (range(2), range(3))]", { k: 2 });
  expect((lists as PyObject).toJs()).toEqual([[0, 20], [0, 20, 40]]);
  expect(python.eval("(lambda: f(scale))()", { scale: 2, f: (x: number) => x + 1 })).toBe(3);
  expect(python.eval("scale")).toBe(10);
  expect(failure(() => python.eval("k")).type).toBe("NameError");
  expect(failure(() => python.eval("1", { "not a name": 1 })).message).toContain("not a name");
  for (let k = 0; k < 3; k++) expect(python.eval("k * 2", { k })).toBe(2 * k);
});

Deno.test("tracebacks show the lines of the source, and no frame of the bridge", () => {
  python.run("def fail(x):\n    y = x\n    return y / 0  # here");
  const text = (call: () => unknown) => failure(call).traceback.replaceAll(/\d+>/g, "N>");
  expect(text(() => python.run("x = 1\nfail(x)"))).toMatch(
    /^Traceback[^\n]*\n {2}File "<python.run N>", line 2, in <module>\n {4}fail\(x\)\n[^]*, line 3, in fail\n {4}return y \/ 0 {2}# here\n/,
  );
  const inEval = text(() => python.eval("fail(\n  a)", { a: 1 }));
  expect(inEval).toMatch(/^Traceback[^\n]*\n {2}File "<python.eval N>", line 1, in <lambda>/);
  expect(inEval).not.toContain("bridge");
  for (const bad of ["def f(:", "x = = 1"]) {
    expect(text(() => python.run(bad))).toMatch(/^ {2}File "<python.run N>", line 1\n/);
  }
  expect(text(() => python.eval("1 +", { a: 1 }))).toMatch(/^ {2}File "<python.eval N>", line 1\n/);
  expect(python.import("inspect").method("getsource", python.eval("fail"))).toContain("# here");
});

Deno.test("sources are kept for the latest calls only", () => {
  const cache = python.import("linecache").attr("cache") as PyObject;
  const home = python.eval("globals()") as PyObject;
  const before = references(home);
  const kept = () => [...cache].filter((name) => String(name).startsWith("<python.")).length;
  for (let i = 0; i < 1100; i++) {
    python.run(`value = ${i}`);
    python.eval(`value + ${i}`);
  }
  expect(kept()).toBe(2000);
  expect(references(home)).toBe(before);
  expect(failure(() => python.run("1 / 0")).traceback).toContain("1 / 0");
});

Deno.test("builtins that look at their caller's frame see __main__, called from JS and in jobs", async () => {
  builtins.method("exec", "home = 5");
  expect(main.attr("home")).toBe(5);
  expect(builtins.method("eval", "home + 1")).toBe(6);
  expect((builtins.attr("eval") as PyObject).call("home")).toBe(5);
  expect(builtins.method("eval", "home + other", null, { other: 2 })).toBe(7);
  expect(builtins.method("eval", "other", { other: 3 })).toBe(3);
  const home = main.attr("__dict__") as PyObject;
  const isHome = (names: unknown) => (names as PyObject).is(home);
  expect(isHome(builtins.method("vars"))).toBe(true);
  const since314 = Number(python.info.version.split(".")[1]) >= 14; // gives None where no frame is
  for (const name of ["globals", "locals"]) {
    if (since314) expect(builtins.method(name)).toBe(null);
    else expect(isHome(builtins.method(name))).toBe(true);
    expect(isHome(await python.job(builtins.attr(name) as PyObject, []))).toBe(true);
    expect(isHome(python.eval(`${name}()`))).toBe(true);
  }
  expect((builtins.method("dir") as PyObject).contains("home")).toBe(true);
  expect((builtins.method("dir", main) as PyObject).contains("home")).toBe(true);
  await python.job(builtins.attr("exec") as PyObject, ["in_a_job = home * 2"]);
  expect(await python.job(builtins.attr("eval") as PyObject, ["in_a_job"])).toBe(10);
});

Deno.test("what such builtins raise of their own accord is raised once, as it is", () => {
  python.run(
    "calls = 0\ndef count():\n    global calls\n    calls += 1\n    raise KeyError(calls)",
  );
  expect(failure(() => builtins.method("exec", "count()")).message).toBe("KeyError: 1");
  expect(failure(() => builtins.method("eval", "count()", main.attr("__dict__"))).message)
    .toBe("KeyError: 2");
  expect(failure(() => builtins.method("eval", "1 +")).type).toBe("SyntaxError");
  expect(failure(() => builtins.method("eval")).message).toMatch(/eval.*at least 1/);
  expect(failure(() => builtins.method("vars", 1)).type).toBe("TypeError");
});

const pools = `
python.run(\`
    from __future__ import annotations
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from dataclasses import dataclass

    SCALE = 2
    print("once")
    made = multiprocessing.cpu_count()     # a call: not made again

    class Derived(type(made)):             # fails where made is not known
        pass

    @dataclass
    class Point:
        x: Unknown

    def scaled(x):
        return Point(x * SCALE)

    def pool(method):
        with multiprocessing.get_context(method).Pool(2) as pool:
            return [point.x for point in pool.map(scaled, [1, 2, 3])]

    def executor():
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as executor:
            return executor.submit(scaled, 4).result().x
\`);
`;

Deno.test("processes of multiprocessing find what run() has defined, and run nothing else", async () => {
  const { code, stdout, stderr } = await inChild(`${pools}
const main = python.import("__main__");
console.log(main.has("__file__"));
for (const method of ["spawn", "forkserver"]) {
  console.log(String(await python.job(python.eval("pool") as PyObject, [method])));
}
python.run("def scaled(x):\\n    return Point(-x)"); // what is defined later counts
console.log(String(python.eval("pool('spawn')")), python.eval("executor()"));
console.log(main.attr("__file__"));
`);
  expect(stderr).toBe("");
  const lines = stdout.trim().split("\n");
  const file = lines.pop()!;
  expect(file).toMatch(/main_\d\.py$/);
  await expect(Deno.stat(file)).rejects.toThrow(Deno.errors.NotFound); // it went with Python
  expect([code, lines]).toEqual([0, [
    "once",
    "true",
    "[2, 4, 6]",
    "[2, 4, 6]",
    "[-1, -2, -3] -4",
  ]]);
});

testWith(
  ["torch"],
  "workers of a torch DataLoader find a Dataset that run() has defined",
  async () => {
    const { code, stdout } = await inChild(`
python.run(\`
    import os
    import torch
    from torch.utils.data import DataLoader, Dataset

    class Squares(Dataset):
        def __len__(self):
            return 6
        def __getitem__(self, i):
            return torch.tensor([float(i * i), float(os.getpid())])

    def load():
        rows = [row for batch in DataLoader(Squares(), batch_size=2, num_workers=2) for row in batch]
        return [int(x) for x, _ in rows], len({int(pid) for _, pid in rows})
\`);
console.log(String(await python.job(python.eval("load") as PyObject, [])));
`);
    expect([code, stdout.trim()]).toEqual([0, "([0, 1, 4, 9, 16, 25], 2)"]);
  },
);
