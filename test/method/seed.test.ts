import { expect } from "expect";
import fc from "fast-check";
import { seedFor } from "../../src/method/seed.ts";

const purposes = ["npre", "npre2x", "ncf", "k-means"] as const;

Deno.test("seedFor() gives each purpose of each seed a draw of its own that FAISS can hold", () => {
  fc.assert(fc.property(fc.nat(2 ** 32 - 1), (seed) => {
    const seeds = purposes.map((purpose) => seedFor(seed, purpose));
    expect(new Set(seeds).size).toBe(4);
    expect(seeds.every((one) => Number.isInteger(one) && one >= 0 && one < 2 ** 31)).toBe(true);
    expect(seeds).toEqual(purposes.map((purpose) => seedFor(seed, purpose)));
  }));
});
