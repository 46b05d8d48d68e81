import { expect } from "expect";
import fc from "fast-check";
import { FoundColumns } from "../../../src/data/pictures/found_columns.ts";
import type { IndexedPicture } from "../../../src/engine/engine.ts";

/** Digests of which some differ in their first or their last byte alone. */
const sha256 = fc.constantFrom("0", "1", "f")
  .chain((first) =>
    fc.constantFrom("0", "1", "f").map((last) => `${first}${"0".repeat(62)}${last}`)
  );

const picture: fc.Arbitrary<IndexedPicture> = fc.record({
  sha256,
  bytes: fc.integer({ min: 0, max: 2 ** 40 }),
  format: fc.constantFrom("PNG", "JPEG"),
  width: fc.integer({ min: 1, max: 30_000 }),
  height: fc.integer({ min: 1, max: 30_000 }),
  storedWidth: fc.integer({ min: 1, max: 256 }),
  storedHeight: fc.integer({ min: 1, max: 256 }),
  note: fc.constantFrom("", "first of 3 frames"),
});

Deno.test("columns give back what they took, and find the first of those with the same bytes", () => {
  fc.assert(fc.property(fc.array(picture, { maxLength: 30 }), fc.nat(3), (pictures, unused) => {
    const columns = new FoundColumns(pictures.length + unused);
    for (const one of pictures) columns.add(one);
    expect(columns.length).toBe(pictures.length);
    expect(pictures.map((_, at) => columns.at(at))).toEqual(pictures);
    expect([...columns.firsts()]).toEqual(
      pictures.map(({ sha256 }) => pictures.findIndex((one) => one.sha256 === sha256)),
    );
  }));
});
