import { expect } from "expect";
import { fileURLToPath } from "node:url";
import { kw, python } from "clusterfit/python";
import { emit } from "../../../src/python/stubs/emit.ts";
import { format } from "../../../src/python/stubs/format.ts";
import { inspect } from "../../../src/python/stubs/inspection.ts";
import { check } from "../check.ts";
import { testWith } from "../support.ts";
import type { EveryKind } from "./every_kind.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
await python.start({ path: [fileURLToPath(new URL("./", import.meta.url))] });

async function compare(name: string): Promise<void> {
  const file = `test/python/stubs/${name}.ts`;
  const text = emit(inspect([name]), `deno task stubs ${name} --out ${file}`);
  expect(await format(text, root)).toBe(await Deno.readTextFile(`${root}${file}`));
}

Deno.test("every_kind.py gives every_kind.ts", () => compare("every_kind"));

testWith(["numpy", "torch"], "arrays.py gives arrays.ts", () => compare("arrays"));

const minor = Number(python.info.version.split(".")[1]);
Deno.test({
  name: "modern.py gives modern.ts (needs Python 3.12)",
  ignore: minor < 12,
  fn: () => compare("modern"),
});

Deno.test("what comes back is what its type says", async () => {
  const every = python.import<EveryKind>("every_kind");
  expect(every.method("positional_only", 1, "a", kw({ c: true }))).toBe(1);
  expect(every.method("variadic", "a", 1, 2, kw({ key: "k", more: 1.5 })).toJs()).toEqual([1, 2]);
  expect(every.method("keywords", kw({ a: true })).toJs()).toEqual({ a: true });
  expect([...every.method("counter", 3)]).toEqual([3]);
  expect(every.method("opened", "a").with((value) => value + 1)).toBe(2);
  const identity = every.method(
    "callables",
    () => 1,
    () => {},
    () => {},
    () => Promise.resolve(1),
    () => 1,
  );
  expect(identity.call(7)).toBe(7);
  expect(await python.promise(every.method("fetch", "a"))).toEqual(new Uint8Array());
  expect(await Array.fromAsync(every.method("stream", "a"))).toEqual([new Uint8Array()]);
  const size = every.method("Size", kw({ width: 2 }));
  expect([size.attr("height"), size.toJs(), size.item(0)]).toEqual([0, [2, 0], 2]);
  const red = every.attr("Colour").attr("RED");
  expect([red.attr("name"), red.attr("value")]).toEqual(["RED", 1]);
  expect(every.attr("Level").attr("LOW").toJs()).toBe(1);
  expect(every.attr("Base").method("parse", "abc").attr("size")).toBe(3);
  expect(every.attr("table").toJs()).toEqual({ a: 1 });
});

const accepts = async (...modules: string[]) => {
  const files = Object.fromEntries(modules.map((name) => [name, emit(inspect([name]), "a test")]));
  expect(await check(files)).toEqual({});
};

Deno.test("any module of the standard library gives what deno check accepts", () =>
  accepts(
    ...["argparse", "asyncio", "collections", "dataclasses", "datetime", "decimal", "enum", "json"],
    ...["math", "pathlib", "random", "re", "sqlite3", "statistics", "typing", "unittest.mock"],
  ));

testWith(
  ["numpy", "torch"],
  "so do modules in C and of wild annotations",
  () => accepts("numpy.linalg", "numpy.random", "torch.nn.functional", "torch.optim"),
);

Deno.test("modules that have names in common stand in one file", async () => {
  const text = emit(inspect(["json", "json.decoder", "every_kind", "statistics"]), "a test");
  expect(text.match(/^export .*\bJSONDecoder\b.*/gm)).toHaveLength(1);
  expect(await check({ text })).toEqual({});
});

Deno.test("a module that cannot be imported is Python's error", () => {
  expect(() => inspect(["no_such_module"])).toThrow("No module named 'no_such_module'");
});
