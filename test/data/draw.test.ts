import { expect } from "expect";
import fc from "fast-check";
import { hash32, shuffled, uniform } from "../../src/data/draw.ts";

const names = fc.uniqueArray(fc.string(), { maxLength: 60 });
const itself = (name: string) => name;

Deno.test("shuffled() gives each item once, whatever order they come in", () => {
  fc.assert(fc.property(fc.integer(), names, (seed, items) => {
    const order = shuffled(seed, items, itself);
    expect(order.toSorted()).toEqual(items.toSorted());
    expect(shuffled(seed, items.toReversed(), itself)).toEqual(order);
  }));
});

Deno.test("an item keeps its place among the others when items are added", () => {
  fc.assert(fc.property(fc.integer(), names, names, (seed, items, more) => {
    const alone = shuffled(seed, items, itself);
    const together = shuffled(seed, new Set([...items, ...more]), itself);
    expect(together.filter((name) => items.includes(name))).toEqual(alone);
  }));
});

Deno.test("another seed gives another order, and each item comes first as often as the others", () => {
  const items = ["a", "b", "c", "d"];
  const firsts = Array.from({ length: 4000 }, (_, seed) => shuffled(seed, items, itself)[0]);
  // Binomial(4000, 0.25): 1000 +- 27.
  for (const item of items) {
    expect(Math.abs(firsts.filter((first) => first === item).length - 1000)).toBeLessThan(5 * 27);
  }
});

Deno.test("uniform() fills [0, 1) evenly over names, and differently for another seed", () => {
  const draws = Array.from({ length: 20_000 }, (_, at) => uniform(7, `mdi:icon-${at}`));
  const tenths = Array.from(
    { length: 10 },
    (_, tenth) => draws.filter((draw) => Math.floor(10 * draw) === tenth).length,
  );
  // Each tenth is binomial(20000, 0.1): 2000 +- 42.
  for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(5 * 42);
  const other = Array.from({ length: 20_000 }, (_, at) => uniform(8, `mdi:icon-${at}`));
  const both = draws.filter((draw, at) => draw < 0.5 && (other[at] ?? 1) < 0.5).length;
  expect(Math.abs(both - 5000)).toBeLessThan(5 * 61);
});

Deno.test("hash32() is FNV-1a with MurmurHash3's finaliser: known values stay", () => {
  expect([hash32(0, ""), hash32(0, "mdi:home"), hash32(1, "mdi:home")]).toEqual(
    [hash(0, ""), hash(0, "mdi:home"), hash(1, "mdi:home")],
  );
});

/** The same definition in exact arithmetic. */
function hash(seed: number, text: string): number {
  const wrap = (value: bigint) => BigInt.asUintN(32, value);
  let state = wrap(0x811c9dc5n ^ BigInt(seed));
  for (let at = 0; at < text.length; at++) {
    state = wrap((state ^ BigInt(text.charCodeAt(at))) * 0x01000193n);
  }
  state = wrap((state ^ (state >> 16n)) * 0x85ebca6bn);
  state = wrap((state ^ (state >> 13n)) * 0xc2b2ae35n);
  return Number(state ^ (state >> 16n));
}
