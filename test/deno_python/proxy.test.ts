import { expect } from "expect";
import { kw, NamedArgument, ProxiedPyObject, PyObject, python } from "clusterfit/deno-python";
import type { PythonProxy } from "clusterfit/deno-python";

const np = python.import("numpy");

const { Person, Awkward } = python.runModule(
  `
class Person:
    def __init__(self, name):
        self.name = name
    def greet(self, *people, sep=", "):
        return f"{self.name}: " + sep.join(map(str, people))

class Awkward:
    @property
    def broken(self):
        raise ValueError("not now")
    def __str__(self):
        raise ValueError("no text")
`,
  "proxy_test",
);

Deno.test("values stay proxies until valueOf()", () => {
  const person = new Person("John");
  expect(typeof person.name).toBe("function");
  expect(person.name.valueOf()).toBe("John");
  expect(person.name.upper().valueOf()).toBe("JOHN");
  expect(python.builtins.len([1, 2]).valueOf()).toBe(2);
});

Deno.test("attributes are read, written, made, tested and deleted", () => {
  const person = new Person("John");
  person.name = "Jane";
  person.age = 30;
  expect([String(person.name), person.age.valueOf()]).toEqual(["Jane", 30]);
  expect(["age" in person, "size" in person]).toEqual([true, false]);
  delete person.age;
  expect("age" in person).toBe(false);
  expect(person.age).toBeUndefined();
});

Deno.test("what Python forbids to write or to delete is an error", () => {
  expect(() => python.int(3).real = 4).toThrow("AttributeError");
  expect(() => python.tuple([1])[0] = 2).toThrow("TypeError");
  expect(() => delete python.tuple([1])[0]).toThrow("TypeError");
  expect(() => np.zeros([2, 3]).shape = [5]).toThrow("ValueError");
});

Deno.test("keys of a dict are read, written, tested and deleted as properties", () => {
  const dict = python.dict({ prop: "value" });
  dict.other = 2;
  dict.prop = "new";
  expect(dict.valueOf()).toEqual(new Map<string, unknown>([["prop", "new"], ["other", 2]]));
  expect(["prop" in dict, "none" in dict]).toEqual([true, false]);
  delete dict.prop;
  expect([dict.prop, "prop" in dict]).toEqual([undefined, false]);
  expect(dict.get("none").valueOf()).toBe(null);
});

Deno.test("keys of a dict that are also properties of functions are found", () => {
  const dict = python.dict({
    name: "a",
    length: "b",
    call: "c",
    "1:2": "d",
    "0, 1": "e",
    "ключ": "f",
  });
  const keys = ["name", "length", "call", "1:2", "0, 1", "ключ"];
  expect(keys.map((key) => String(dict[key]))).toEqual(["a", "b", "c", "d", "e", "f"]);
  expect([python.dict({}).name, python.dict({}).length]).toEqual([undefined, undefined]);
  expect(["name" in python.dict({}), "length" in python.dict({})]).toEqual([false, false]);
});

Deno.test("an integer key of a dict is found where there is no such string", () => {
  const dict = python.dict(
    new Map<number | string, string>([[1, "int"], ["2", "str"], [2, "int"]]),
  );
  expect([String(dict[1]), String(dict[2]), dict[3]]).toEqual(["int", "str", undefined]);
  dict[1] = "changed";
  delete dict[2];
  expect(dict.valueOf()).toEqual(new Map<number, string>([[1, "changed"], [2, "int"]]));
});

Deno.test("whatever Python can index has items: lists, tuples, strings, ranges and arrays", () => {
  for (const make of [python.list, python.tuple, np.array]) {
    const three = make([1, 2, 3]);
    expect([three[0] + 0, three[-1] + 0, three[3], three[-4]]).toEqual([
      1,
      3,
      undefined,
      undefined,
    ]);
    expect([2 in three, (-3) in three, 3 in three]).toEqual([true, true, false]);
  }
  expect(String(python.str("abc")[1])).toBe("b");
  expect(python.builtins.range(10)[7].valueOf()).toBe(7);
  expect(python.int(3)[0]).toBeUndefined();
});

Deno.test("items are written and deleted", () => {
  const list = python.list([1, 2, 3, 4, 5]);
  list[0] = 42;
  list[-1] = "end";
  delete list[1];
  delete list["1:3"];
  expect(list.valueOf()).toEqual([42, "end"]);
  const array = np.zeros(3);
  array[1] = 5;
  expect(array.tolist().valueOf()).toEqual([0, 5, 0]);
});

Deno.test("objects are called and constructed, with keyword arguments anywhere", () => {
  const person = new Person("J");
  expect(person.greet(kw`sep=${"+"}`, 1, new Person("K").name).valueOf()).toBe("J: 1+K");
  expect(person.greet(1, new NamedArgument("sep", "-"), 2).valueOf()).toBe("J: 1-2");
  expect(Person(python.kw`name=${"L"}`).name.valueOf()).toBe("L");
  expect(PyObject.from(person.greet).call([1, 2], { sep: "/" }).valueOf()).toBe("J: 1/2");
});

Deno.test("call, apply and bind are a function's own, unless Python has them", () => {
  const { greet } = new Person("J");
  expect(greet.call(null, 1).valueOf()).toBe("J: 1");
  expect(greet.apply(null, [1, 2]).valueOf()).toBe("J: 1, 2");
  expect(greet.bind(null, 1)(2).valueOf()).toBe("J: 1, 2");
  expect(python.import("unittest.mock").call.apply).not.toBe(Function.prototype.apply);
});

Deno.test("a JS class can extend a Python class", () => {
  class Worker extends Person {}
  expect(PyObject.from(Worker as unknown as PythonProxy).equals(Person)).toBe(true);
  expect(Reflect.construct(Worker, ["W"]).name.valueOf()).toBe("W");
});

Deno.test("an own wrapper is passed as the object it wraps", () => {
  class Wrapper implements PythonProxy {
    readonly [ProxiedPyObject]: PyObject;
    constructor(array: PythonProxy) {
      this[ProxiedPyObject] = array[ProxiedPyObject];
    }
  }
  const wrapper = new Wrapper(np.array([1, 2, 3]));
  expect(np.add(wrapper, 2).tolist().valueOf()).toEqual([3, 4, 5]);
  expect(python.list([wrapper])[0].sum().valueOf().item().valueOf()).toBe(6);
});

Deno.test("iteration gives a PyObject per item, nested in whatever depth", () => {
  const seen = [];
  for (const item of python.list([1, "a", [2]])) {
    expect(item).toBeInstanceOf(PyObject);
    seen.push(item.valueOf());
  }
  expect(seen).toEqual([1, "a", [2]]);
  const [first, ...rest] = python.dict({ a: 1, b: 2 });
  expect([first.asString(), String(rest)]).toEqual(["a", "b"]);
});

Deno.test("operators see numbers, numpy's included, and text", () => {
  expect(python.int(40) + 2).toBe(42);
  expect(np.sum([1, 2]) * 2).toBe(6);
  expect(np.float32(0.5) < 1).toBe(true);
  expect(python.int(2n ** 70n) + 1n).toBe(2n ** 70n + 1n);
  expect(python.str("a") + "b").toBe("ab");
  expect(`${python.list([1, 2])}, ${python.int(3)}, ${python.None}`).toBe("[1, 2], 3, None");
  expect(python.list([1]) + "").toBe("[1]");
});

Deno.test("a property that raises throws, and one that is missing is undefined", () => {
  const awkward = new Awkward();
  expect(() => awkward.broken).toThrow("ValueError: not now");
  expect(() => "broken" in awkward).toThrow("ValueError: not now");
  expect(awkward.missing).toBeUndefined();
});

Deno.test("an object without text can be shown, and says why it has none", () => {
  expect(() => String(new Awkward())).toThrow("ValueError: no text");
  expect(Deno.inspect(new Awkward())).toBe("<ValueError: no text>");
  expect(Deno.inspect([python.list([1, 2])])).toBe("[ [1, 2] ]");
});

Deno.test("a proxy can be awaited and returned from async functions", async () => {
  const list = python.list([1]);
  expect(await list).toBe(list);
});

Deno.test("what JS itself does with objects leaves a proxy sound", () => {
  const list = python.list([1]);
  expect([Object.keys(list), { ...list }, JSON.stringify([list])]).toEqual([[], {}, "[null]"]);
  expect(() => structuredClone(list)).toThrow();
  expect(Object.getOwnPropertyDescriptor(list, "append")).toBeUndefined();
  expect(Reflect.set(list, Symbol("s"), 1)).toBe(false);
  expect([list === list, list === python.list([1]), typeof list]).toEqual([
    true,
    false,
    "function",
  ]);
  Object.freeze(list);
  expect([list[0].valueOf(), "append" in list, list.missing]).toEqual([1, true, undefined]);
});
