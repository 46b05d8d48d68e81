import { expect } from "expect";
import fc from "fast-check";
import { seal, unseal } from "../../src/pipeline/sealed.ts";

Deno.test("unseal() gives back what seal() was given, whatever the order of its members", () => {
  const value = { b: [1, { c: null }], a: "ä", left: undefined };
  const sealed = seal(value);
  const written = JSON.parse(JSON.stringify(sealed));
  expect(unseal(written)).toEqual({ b: [1, { c: null }], a: "ä" });
  expect(unseal(Object.fromEntries(Object.entries(written).reverse()))).toEqual(unseal(written));
});

Deno.test("a sealed line with any one bit flipped is not taken, or says the same", () => {
  const value = { type: "progress", node: "seed-7.npre", done: 117_000, metrics: { loss: 1.023 } };
  const bytes = new TextEncoder().encode(JSON.stringify(seal(value)));
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
      const flipped = bytes.slice();
      flipped[at]! ^= 1 << bit;
      let read: unknown;
      try {
        read = unseal(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(flipped)));
      } catch {
        return; // said to be damaged
      }
      expect(read).toEqual(value);
    }),
    { seed: 7, numRuns: 2000 },
  );
});

for (const value of [null, 7, [], "text", {}, { checksum: 7 }, { a: 1, checksum: "0" }]) {
  Deno.test(`unseal() refuses ${JSON.stringify(value)}`, () => {
    expect(() => unseal(value)).toThrow(/it holds no JSON object|checksum/);
  });
}
