import { expect } from "expect";
import fc from "fast-check";
import { canonicalJson, hashJson, type Json } from "../../src/pipeline/json.ts";

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
