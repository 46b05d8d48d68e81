import { expect } from "expect";
import { kw, type PyObject, python } from "clusterfit/python";
import { evaluate, run } from "./support.ts";

const { Box, greet } = run(`
class Box:
    "An object with one attribute and one item of the same name."
    def __init__(self): self.items = 1; self.store = {"items": 2}
    def __getitem__(self, key): return self.store[key]
    def __setitem__(self, key, value): self.store[key] = value
    def __len__(self): return len(self.store)
    def __contains__(self, key): return key in self.store
    def __str__(self): return "a box"
    def __repr__(self): return "Box()"
    @property
    def broken(self): raise ValueError("broken property")
def greet(name, *, greeting="hello", times=1): return " ".join([f"{greeting} {name}"] * times)
`) as { Box: PyObject; greet: PyObject };

Deno.test("attributes and items are different things", () => {
  const box = Box.call() as PyObject;
  expect([box.attr("items"), box.item("items")]).toEqual([1, 2]);
  box.setAttr("items", 3);
  box.setItem("items", 4);
  expect([box.attr("items"), box.item("items")]).toEqual([3, 4]);
  expect([box.has("items"), box.has("missing"), box.contains("items"), box.contains("x")])
    .toEqual([true, false, true, false]);
  expect(box.length).toBe(1);
});

Deno.test("attributes, items and methods may have any name", () => {
  const box = Box.call() as PyObject;
  for (const name of ["größe", "名前", "a\0b", "\u{1f600}"]) {
    box.setAttr(name, name);
    box.setItem(name, 1);
    expect([box.attr(name), box.has(name), box.item(name)]).toEqual([name, true, 1]);
    box.setAttr(name, () => "called");
    expect(box.method(name)).toBe("called");
  }
});

Deno.test("keyword arguments come last, under kw, with any name", () => {
  expect(greet.call("you")).toBe("hello you");
  expect(greet.call("you", kw({ times: 2, greeting: "hi" }))).toBe("hi you hi you");
  expect(Box.call()).toBeDefined();
  expect((python.builtins.method("dict", kw({ "é\0": 1 })) as PyObject).toJs()).toEqual({
    "é\0": 1,
  });
  expect(() => greet.call(kw({}), "you")).toThrow("last argument");
  expect(() => greet.call("you", kw({ nope: 1 }))).toThrow("unexpected keyword argument 'nope'");
});

Deno.test("calls take many arguments and nest inside their own arguments", () => {
  const values = Array.from({ length: 3000 }, (_, i) => i);
  const { total } = run("def total(*args): return sum(args)") as { total: PyObject };
  expect(total.call(...values)).toBe(3000 * 2999 / 2);
  expect(total.call(1, total.call(2, 3) as number, 4)).toBe(10);
});

Deno.test("negative indices, slices and tuple indices mean what they mean in Python", () => {
  const list = evaluate("list(range(10))");
  expect(list.item(-1)).toBe(9);
  expect((list.item(python.slice(1, null, 4)) as PyObject).toJs()).toEqual([1, 5, 9]);
  list.delItem(python.slice(0, 8));
  expect(list.toJs()).toEqual([8, 9]);
  const grid = python.array(Float32Array.of(1, 2, 3, 4), { shape: [2, 2] });
  expect((grid.item(python.tuple(1, 0)) as PyObject).toJs()).toBe(3);
  expect(() => list.setItem(python.slice(0, 1), 5)).toThrow("TypeError");
});

Deno.test("objects are iterated as Python iterates them", () => {
  expect([...evaluate("(x * x for x in range(4))")]).toEqual([0, 1, 4, 9]);
  expect([...evaluate("{'a': 1, 'b': 2}")]).toEqual(["a", "b"]);
  expect([...evaluate("()")]).toEqual([]);
  expect(() => [...evaluate("object()")]).toThrow("'object' object is not iterable");
});

Deno.test("identity and type are Python's", () => {
  const box = Box.call() as PyObject;
  const list = python.builtins.method("list", [box]) as PyObject;
  expect(box.is(list.item(0) as PyObject)).toBe(true);
  expect(box.is(Box.call() as PyObject)).toBe(false);
  expect(box.isInstance(Box)).toBe(true);
  expect(box.isInstance(python.builtins.attr("list") as PyObject)).toBe(false);
});

Deno.test("String() gives the str and Deno.inspect the repr", () => {
  const box = Box.call() as PyObject;
  expect(String(box)).toBe("a box");
  expect(Deno.inspect(box)).toBe("PyObject Box()");
  expect(Deno.inspect(evaluate("[0] * 10000")).length).toBeLessThan(2100);
});

Deno.test("submodules are imported by their full name", () => {
  expect(python.import("os.path").method("join", "a", "b")).toBe("a/b");
  expect(() => python.import("no_such_module")).toThrow("ModuleNotFoundError");
});

Deno.test("the virtual environment is the one that Python runs in", () => {
  const sys = python.import("sys");
  expect(sys.attr("prefix")).toBe(python.info.prefix);
  expect(sys.attr("executable")).toBe(python.info.executable);
  expect(python.info.version).toMatch(/^3\.1[0-4]\.\d+$/);
});

Deno.test("starting again only adds to the path, each folder once", async () => {
  await python.start({ path: ["/first", "/second"] });
  await python.start({ path: ["/second"], executable: python.info.executable });
  const path = (python.import("sys").attr("path") as PyObject).toJs() as string[];
  expect(path.filter((folder) => folder === "/first" || folder === "/second"))
    .toEqual(["/first", "/second"]);
  await expect(python.start({ executable: "/usr/bin/other" })).rejects.toThrow("running already");
});

Deno.test("withGil batches calls and nests", () => {
  const sum = python.withGil(() => {
    let sum = 0;
    for (let i = 0; i < 100; i++) {
      sum += python.withGil(() => greet.call(String(i)) as string).length;
    }
    return sum;
  });
  expect(sum).toBe(100 * 6 + 190);
  expect(() => python.withGil(() => greet.call())).toThrow(
    "missing 1 required positional argument",
  );
});

Deno.test("a JS function is a Python callable, with keywords as a last object", () => {
  const { apply } = run("def apply(f, *args, **kw): return f(*args, **kw)") as { apply: PyObject };
  expect(apply.call((a: number, b: number) => a + b, 1, 2)).toBe(3);
  expect(apply.call((a: number, { b }: { b: number }) => a - b, 5, kw({ b: 3 }))).toBe(2);
  expect(
    (python.builtins.method(
      "sorted",
      ["aaa", "b", "cc"],
      kw({ key: (s: string) => s.length }),
    ) as PyObject).toJs(),
  )
    .toEqual(["b", "cc", "aaa"]);
  const nested = (n: number): number => n === 0 ? 0 : 1 + (apply.call(nested, n - 1) as number);
  expect(apply.call(nested, 20)).toBe(20);
});

Deno.test("an object released inside a callback stays whole until Python is done with it", () => {
  const list = evaluate("[3, 1, 2]");
  const result = python.builtins.method(
    "sorted",
    list,
    kw({
      key: (x: number) => {
        list[Symbol.dispose]();
        return x;
      },
    }),
  ) as PyObject;
  expect(result.toJs()).toEqual([1, 2, 3]);
});

Deno.test("in arithmetic a number of Python's is its value, and text where text is asked for", () => {
  const sum = evaluate("__import__('numpy').float32(1.5)");
  expect((sum as unknown as number) + 1).toBe(2.5);
  expect(Number(python.float(3))).toBe(3);
  expect((sum as unknown as number) > 1).toBe(true);
  expect(`${sum}`).toBe("1.5");
  expect(`${evaluate("[1, 2]")}`).toBe("[1, 2]");
  expect((evaluate("[1]") as unknown as string) + "!").toBe("[1]!");
});

Deno.test("JSON.stringify writes what has a value, and refuses to lose what has none", () => {
  const rows = evaluate("[{'a': __import__('numpy').int64(1), 'b': [None, True]}]");
  expect(JSON.stringify({ rows })).toBe('{"rows":[{"a":1,"b":[null,true]}]}');
  const date = evaluate("__import__('datetime').date(2024, 1, 1)");
  expect(() => JSON.stringify([date])).toThrow("found a Python date");
  expect(() => JSON.stringify(evaluate("{'when': object()}"))).toThrow("found a Python object");
});
