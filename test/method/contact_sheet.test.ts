import { expect } from "expect";
import { evenlyBySize } from "../../src/method/stages/contact_sheet.ts";

const sized = (sizes: readonly number[]) =>
  sizes.map((size, id) => ({ id, members: Array.from({ length: size }, (_, row) => row) }));

Deno.test("evenlyBySize() goes from the largest to the smallest in even steps", () => {
  const shown = evenlyBySize(sized([1, 5, 3, 9, 7]), 3);
  expect(shown.map(({ id }) => id)).toEqual([3, 1, 0]);
});

Deno.test("evenlyBySize() shows each cluster once where there are few", () => {
  expect(evenlyBySize(sized([2, 4]), 16).map(({ id }) => id)).toEqual([1, 0]);
  expect(evenlyBySize(sized([2, 4]), 1).map(({ id }) => id)).toEqual([1]);
});
