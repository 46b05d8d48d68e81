import { expect } from "expect";
import fc from "fast-check";
import { canonicalJson, hashJson, type Json, jsonProblem } from "../../src/pipeline/json.ts";

const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;

Deno.test("canonicalJson() can be read back", () => {
  fc.assert(fc.property(json, (value) => {
    expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
  }));
});

Deno.test("canonicalJson() does not depend on the order of keys", () => {
  fc.assert(fc.property(fc.dictionary(fc.string(), json), (members) => {
    const reversed = Object.fromEntries(Object.entries(members).reverse());
    expect(hashJson(reversed)).toBe(hashJson(members));
  }));
});

Deno.test("canonicalJson() tells different values apart", () => {
  fc.assert(fc.property(json, json, (a, b) => {
    fc.pre(JSON.stringify(a) !== JSON.stringify(b));
    fc.pre(canonicalJson(a) !== canonicalJson(JSON.parse(JSON.stringify(b))));
    expect(hashJson(a)).not.toBe(hashJson(b));
  }));
  expect(hashJson({ a: 1 })).not.toBe(hashJson({ a: "1" }));
  expect(hashJson([1, [2]])).not.toBe(hashJson([[1], 2]));
});

Deno.test("canonicalJson() leaves out undefined members and refuses NaN", () => {
  expect(canonicalJson({ b: undefined, a: 1 })).toBe('{"a":1}');
  expect(() => canonicalJson({ a: NaN })).toThrow("finite");
});

Deno.test("jsonProblem() takes every JSON value", () => {
  fc.assert(fc.property(json, (value) => expect(jsonProblem(value)).toBeUndefined()));
  const shared = { k: 1 };
  expect(jsonProblem({ a: shared, b: [shared], c: undefined, d: Object.create(null) })).toBe(
    undefined,
  );
});

Deno.test("jsonProblem() names what JSON cannot hold, and where", () => {
  const circle: Record<string, unknown> = {};
  circle["inner"] = { circle };
  let deep: unknown = 1;
  for (let level = 0; level < 20_000; level++) deep = [deep];
  class Mine {}
  const wrong: [value: unknown, problem: string][] = [
    [undefined, "it is undefined"],
    [() => 1, "it is a function"],
    [{ k: 5n }, "k is a bigint"],
    [{ training: { shift: Symbol() } }, "training.shift is a symbol"],
    [{ seeds: [1, undefined] }, "seeds[1] is undefined"],
    [{ seeds: [1, , 2] }, "seeds[1] is undefined"],
    [[{ k: NaN }], "[0].k is NaN"],
    [new Map([["k", 3]]), "it is a Map"],
    [{ k: new Date(0) }, "k is a Date"],
    [{ k: new Mine() }, "k is a Mine"],
    [circle, "inner.circle holds itself"],
    [deep, "it is nested more than 100 levels deep"],
  ];
  for (const [value, problem] of wrong) expect(jsonProblem(value)).toBe(problem);
});
