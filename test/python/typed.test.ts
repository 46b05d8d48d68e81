import { expect } from "expect";
import { fileURLToPath } from "node:url";
import { check } from "./check.ts";

const at = (path: string) => JSON.stringify(fileURLToPath(new URL(path, import.meta.url)));
const prelude = `
import { kw, python, type py, type PyObject, type Value } from "clusterfit/python";
import type { Base, Colour, EveryKind, Opened, Point, Size } from ${at("./stubs/every_kind.ts")};
import type { Arrays } from ${at("./stubs/arrays.ts")};
import type { Kmeans } from ${at("../../src/engine/py.ts")};
const every = python.import<EveryKind>("every_kind");
const arrays = python.import<Arrays>("arrays");
const kmeans = python.import<Kmeans>("clusterfit.kmeans");
declare const rows: PyObject<py.Tensor>;
declare const anything: PyObject;
/** Compiles where both types are the same. */
function same<A, B>(
  ..._: (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? [] : [A, "is not", B]
) {}
const options = { iterations: 2, seed: 1, engine: "faiss", device: "cpu", threads: 1 } as const;
`;

/** Tests, by name, of snippets that compile. */
const right = {
  "positional and keyword arguments": `
    const found = kmeans.method("fit", rows, 3, kw(options));
    same<typeof found, PyObject<py.TypedDict<{
      centroids: py.Tensor; labels: py.Tensor; sizes: py.Tensor; empty: number; distinct: number;
      objective: number; objectives: py.List<number>;
    }>>>();
    kmeans.method("fit", rows, kw({ ...options, k: 3 }));
    kmeans.method("fit", kw({ ...options, k: 3, features: rows, init_centroids: null }));
    kmeans.attr("fit").call(rows, 3n, kw(options));`,
  "a job": `
    const found = await python.job(kmeans.attr("fit"), [rows, 3, kw(options)]);
    const { objectives, labels } = found.toJs();
    same<typeof objectives, number[]>();
    same<typeof labels, PyObject<py.Tensor>>();
    const base = await python.job(every.attr("Base"), [3]);
    same<typeof base, PyObject<Base>>();`,
  "a job that is followed gets its progress from the bridge": `
    const run = anything as PyObject<py.Callable<{
      order: ["n"];
      params: { n: number; progress: py.Callable<py.Anything<null>> };
      returns: number;
    }>>;
    const done = await python.job(run, [5], { onProgress: ([step]) => console.log(step) });
    same<typeof done, number>();
    await python.job(run, [kw({ n: 5 })], { onProgress() {} });
    await python.job(run, [5, kw({ progress: () => {} })]);`,
  "attributes, methods and properties of instances": `
    const base = every.method("Base", kw({ size: 2 }));
    const area = base.attr("area");
    same<typeof area, number>();
    const grown = base.method("grow");
    same<typeof grown, PyObject<Base>>();
    base.setAttr("size", 3);
    const made = every.attr("Base").method("parse", "x");
    same<typeof made, PyObject<Base>>();
    const heavy = base.attr("heavy").toJs();
    same<typeof heavy, number[]>();`,
  "an instance of a subclass where its base is asked for": `
    const derived = every.method("Derived");
    every.method("classes", every.attr("Base"), anything as PyObject<py.External<"pathlib.Path">>,
      [1, "a"], 7, every.method("Point", 1), every.attr("Colour").attr("RED"),
      { name: "", size: every.method("Size", 1), parent: null });
    every.method("generic", 1, [], "x", derived);`,
  "containers, going in and coming out": `
    const found = every.method("containers", [1], ["a"], [1, 2], [1, "a"], new Map([[1, "a"]]),
      { a: [1.5] }, new Set(["a"]), new Set([1]), [{ a: null }], new Set([new Set([1])]), [], [], []);
    const js = found.toJs();
    same<typeof js, { [key: string]: [number, string[]] }>();
    const pair = found.item("a");
    const [first, second] = [pair.item(0), pair.item(1)];
    same<typeof first, number>();
    same<typeof second, PyObject<py.List<string>>>();
    for (const key of found) same<typeof key, string>();
    const part = second.item(python.slice(1, null));
    same<typeof part, PyObject<py.List<string>>>();`,
  "functions of JS for callables, with the types of their parameters": `
    const found = every.method("callables", (a, b) => a + b.length, () => {}, () => 1, async () => 1,
      (name, base) => name.length + base.attr("size"));
    const value = found.call(1);
    same<typeof value, number>();
    every.method("protocols", anything, () => {});`,
  "optional, variadic and positional-only parameters": `
    every.method("positional_only", 1);
    every.method("positional_only", 1, "a", true);
    every.method("positional_only", 1, "a", kw({ c: true }));
    every.method("positional_only", 1, kw({ c: true }));
    every.method("variadic", "a", 1, 2, 3, kw({ key: "k", more: 1.5 }));
    every.method("keywords", kw({ a: true }));
    every.method("untyped", { any: ["thing"] }, 2, 3, kw({ z: 1 }));
    every.method("anything");`,
  "iterators, context managers and awaitables": `
    for (const count of every.method("counter", 1)) same<typeof count, number>();
    const entered = every.method("opened", "a").with((value) => value);
    same<typeof entered, number | undefined>();
    const opened = every.method("Opened").with((value) => value);
    same<typeof opened, PyObject<Opened> | undefined>();
    for await (const text of every.method("Connected")) same<typeof text, string>();
    const entry = await every.method("Connected").asyncWith((value) => value);
    same<typeof entry, number | undefined>();
    const connected = await every.method("connected", "a").asyncWith((host) => host);
    same<typeof connected, string | undefined>();
    const bytes = await python.promise(every.method("fetch", "a"));
    same<typeof bytes, Uint8Array<ArrayBuffer>>();
    for await (const part of every.method("stream", "a")) same<typeof part, typeof bytes>();`,
  "named tuples, dataclasses and enums": `
    const size = every.method("Size", 1, 2);
    const js = size.toJs();
    same<typeof js, [number, number]>();
    const width = size.attr("width");
    same<typeof width, number>();
    const name = every.attr("Colour").attr("RED").attr("name");
    same<typeof name, "RED" | "GREEN">();
    const level = every.attr("Level").attr("LOW").toJs();
    same<typeof level, number>();`,
  "arrays with their dtype": `
    declare const bools: PyObject<py.NDArray<"bool">>;
    declare const single: PyObject<py.External<"numpy.float32">>;
    const mine = new Float32Array(2);
    const bytes = python.array(new Uint8Array(1));
    const found = arrays.method("arrays", mine, new BigInt64Array(1), bools, mine, bytes, mine, single);
    const { data } = found.view();
    same<typeof data, Float64Array<ArrayBuffer>>();
    const shape = found.attr("shape").toJs();
    same<typeof shape, number[]>();`,
  "one of several types": `
    declare const either: PyObject<Base | Point>;
    const one: typeof either = every.method("Base");
    every.method("either", one);
    const [js, all] = [every.method("either", either).toJs(), every.method("either", null)];
    same<typeof js, PyObject<Base | Point> | number[]>();
    same<typeof all, PyObject<Base | Point | py.List<number>>>();
    every.method("either", all);`,
  "tuples of JS": `
    const pair = python.tuple(2, "a", rows).toJs();
    const [number, text, tensor]: [number, string, PyObject<py.Tensor>] = pair;
    every.method("containers", [], [], python.tuple(1, 2), python.tuple(1, "a"), new Map(), {}, new Set(), new Set(), [], [], [], [], []);`,
  "an object of which nothing is known": `
    const value = anything.method("any", 1, kw({ a: 1 }));
    same<typeof value, Value>();
    const free: PyObject = kmeans;
    free.attr("_hidden");
    rows.method("contiguous", kw({ memory_format: null }));`,
};

/** Mistakes, by name, and what the compiler says. */
const wrong = {
  "an unknown keyword": [
    `kmeans.method("fit", rows, 3, kw({ ...options, iteration: 2 }));`,
    `Type '"iteration"' is not assignable to type`,
  ],
  "a missing keyword": [
    `kmeans.method("fit", rows, 3, kw({ iterations: 2, seed: 1, engine: "faiss", threads: 1 }));`,
    `Property 'device' is missing`,
  ],
  "a missing argument": [
    `kmeans.method("fit", rows, kw(options));`,
    `Property 'k' is missing`,
  ],
  "no arguments": [`every.method("counter");`, "Source has 0 element(s) but target requires 1"],
  "too many arguments": [`every.method("counter", 1, 2);`, "is not assignable"],
  "an argument that is given twice": [
    `every.method("counter", 1, kw({ start: 1 }));`,
    "is not assignable",
  ],
  "a positional-only parameter by its name": [
    `every.method("positional_only", kw({ a: 1 }));`,
    "is not assignable",
  ],
  "an argument of a wrong type": [
    `kmeans.method("fit", rows, "3", kw(options));`,
    "Type 'string' is not assignable to type 'number",
  ],
  "a keyword of a wrong type": [
    `kmeans.method("fit", rows, 3, kw({ ...options, seed: "1" }));`,
    "Types of property 'seed' are incompatible",
  ],
  "a word that is not in the Literal": [
    `kmeans.method("fit", rows, 3, kw({ ...options, engine: "fais" }));`,
    `Type '"fais"' is not assignable to type '"faiss" | "torch"'`,
  ],
  "an object of another class": [
    `every.method("generic", 1, [], "x", every.method("Point", 1));`,
    `"every_kind.Base"`,
  ],
  "an object of which nothing is known, where a class is asked for": [
    `kmeans.method("fit", anything, 3, kw(options));`,
    `Type 'PyObject' is not assignable to type 'PyObject<Instance<"torch.Tensor"`,
  ],
  "a name that does not exist": [
    `kmeans.method("fitt", rows);`,
    `Argument of type '"fitt"' is not assignable to parameter of type`,
  ],
  "an attribute that does not exist": [
    `every.method("Base").attr("sise");`,
    `Argument of type '"sise"' is not assignable to parameter of type`,
  ],
  "a value of a wrong type for an attribute": [
    `every.method("Base").setAttr("size", "large");`,
    "Argument of type 'string' is not assignable to parameter of type 'number",
  ],
  "a key that a TypedDict does not have": [
    `kmeans.method("fit", rows, 3, kw(options)).item("centers");`,
    `Argument of type '"centers"' is not assignable to parameter of type`,
  ],
  "a JS function that returns something else": [
    `every.attr("callables").call((a, b) => a + b, () => {}, () => 1, () => 1, () => 1);`,
    "is not assignable",
  ],
  "a job with wrong arguments": [
    `await python.job(kmeans.attr("fit"), [rows, 3, kw({ ...options, k: 3 })]);`,
    `Type '"k"' is not assignable to type`,
  ],
  "a typed array of another dtype": [
    `arrays.attr("arrays").call(new Float32Array(1), new Int32Array(1));`,
    "is not assignable",
  ],
  "another module than the one described": [
    `python.import<Kmeans>("clusterfit.kmean");`,
    `Argument of type '"clusterfit.kmean"' is not assignable to parameter of type '"clusterfit.kmeans"'`,
  ],
  "a call of what cannot be called": [`every.method("Base").call();`, "is not assignable"],
} as const;

const complaints = check({
  ...Object.fromEntries(Object.entries(right).map(([name, code]) => [name, prelude + code])),
  ...Object.fromEntries(Object.entries(wrong).map(([name, [code]]) => [name, prelude + code])),
});

for (const name of Object.keys(right)) {
  Deno.test(`${name}: compiles`, async () => expect((await complaints)[name]).toBeUndefined());
}

for (const [name, [, message]] of Object.entries(wrong)) {
  Deno.test(`${name}: does not compile`, async () => {
    expect((await complaints)[name] ?? "It compiles.").toContain(message);
  });
}
