import { expect } from "expect";
import { kw, PyObject, python } from "clusterfit/deno-python";
import { registeredCount } from "../../src/python/registry.ts";
import { inChild, references } from "../python/support.ts";

const { echo, numbers, state } = python.runModule(
  `
state = {"closed": 0}
def echo(value=None, *rest, **named):
    return value
def numbers():
    try:
        yield 1
        yield 2
    finally:
        state["closed"] += 1
`,
  "lifetime_test",
);

Deno.test("passing an object, in every way there is, takes no reference away and adds none", () => {
  const proxy = python.dict({ a: 1 });
  const object = PyObject.from(proxy);
  const list = python.list([0]);
  const before = references(object.reference);
  for (let i = 0; i < 50; i++) {
    python.import("builtins").len(proxy);
    using same = PyObject.from(echo(proxy));
    expect(same.equals(proxy)).toBe(true);
    for (const container of [[proxy], { proxy }, new Map([["k", proxy]])]) {
      using made = PyObject.from(container);
      expect(made.isNone).toBe(false);
    }
    PyObject.from(echo).call([0, kw`name=${proxy}`], { other: proxy });
    using returned = PyObject.from(echo).call([() => proxy]);
    returned.call()[Symbol.dispose]();
    list[0] = proxy;
    list["0:1"] = [proxy];
  }
  list.clear();
  expect(references(object.reference)).toBe(before);
});

Deno.test("an item is still itself when its list has let go of it", () => {
  const list = python.list([["a"], ["b"]]);
  const item = list[0];
  list.clear();
  for (let i = 0; i < 100; i++) python.list([["x"], ["y"]]);
  expect(item.valueOf()).toEqual(["a"]);
});

Deno.test("using gives a proxy's reference back at once", () => {
  const object = PyObject.from([1]);
  const before = references(object.reference);
  {
    using same = echo(object);
    expect(same.valueOf()).toEqual([1]);
    using second = echo(object);
    expect(references(object.reference)).toBe(before + 2);
    expect(second[0].valueOf()).toBe(1);
  }
  expect(references(object.reference)).toBe(before);
});

Deno.test("valueOf() holds on to nothing that it has converted", () => {
  const inner = python.tuple([1]);
  const outer = python.list([inner, { key: inner }, new Set([inner])]);
  const before = references(PyObject.from(inner).reference);
  for (let i = 0; i < 10; i++) outer.valueOf();
  expect(references(PyObject.from(inner).reference)).toBe(before);
});

Deno.test("callbacks made anew for each call need no garbage collector", () => {
  const blocks = () => python.import("sys").getallocatedblocks().valueOf() as number;
  const { f } = python.runModule("class A: pass\ndef f(f): return f(None)\nf.a = A()", "anew_test");
  const [registered, before] = [registeredCount(), blocks()];
  for (let i = 0; i < 2000; i++) {
    const given = (_: unknown, x: unknown) => x === null ? i : 0;
    f(given)[Symbol.dispose]();
    PyObject.from(f.a).setAttr("listener", given);
  }
  expect(registeredCount() - registered).toBeLessThan(15);
  expect(blocks() - before).toBeLessThan(500);
});

Deno.test("leaving a loop early closes the generator", () => {
  const closed = state.closed + 0;
  for (const item of numbers()) {
    expect(item.valueOf()).toBe(1);
    break;
  }
  expect(state.closed + 0).toBe(closed + 1);
});

Deno.test("a hundred thousand calls, attributes, items and conversions leave nothing behind", async () => {
  const { code, stderr } = await inChild(
    `
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { kw, python } from "clusterfit/deno-python";
import { turn, until } from "${import.meta.resolve("../until.ts")}";
setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc");
const { echo, live } = python.runModule(\`
import gc
class Thing(list):
    pass
def echo(value, **named):
    return Thing(value)
def live():
    gc.collect()
    return len(gc.get_objects())
\`, "leaks");
const before = live().valueOf();
for (let round = 0; round < 10; round++) {
  for (let i = 0; i < 10_000; i++) {
    const thing = echo([i, { key: i }], kw\`name=\${{ i }}\`);
    thing.note = [thing[0], \`\${thing["0:1"]}\`, thing.append];
    python.list(thing).valueOf();
  }
  gc();
  await turn();
}
await until(() => {
  gc();
  return live() - before < 1000;
});
`,
    { bare: true },
  );
  expect([code, stderr]).toEqual([0, ""]);
});
