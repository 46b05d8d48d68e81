import { expect } from "expect";
import { imageBytes, render, side } from "../../../src/data/icons/render.ts";
import { UserError } from "../../../src/pipeline/errors.ts";

const never = new AbortController().signal;

const icon = (name: string, body: string, viewBox = "0 0 32 32") => ({
  ...{ set: "toy", name, aliases: [] },
  svg: `<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32" viewBox="${viewBox}">` +
    `${body}</svg>`,
});
const square = (x: number, colour: string) =>
  `<rect x="${x}" y="0" width="8" height="32" fill="${colour}"/>`;

Deno.test("an image is its icon on white, height by width by RGB", async () => {
  const [image] = await Array.fromAsync(render([icon("bar", square(8, "#ff8000"))], never));
  expect(image?.pixels.length).toBe(imageBytes);
  const row = Array.from({ length: side }, (_, x) => {
    const at = (5 * side + x) * 3;
    return [...image?.pixels.subarray(at, at + 3) ?? []];
  });
  const expected = row.map((_, x) => x >= 8 && x < 16 ? [255, 128, 0] : [255, 255, 255]);
  expect(row).toEqual(expected);
});

Deno.test("currentColor is black, and a wide icon keeps its proportions", async () => {
  const wide = icon("wide", square(0, "currentColor").replace("8", "64"), "0 0 64 32");
  const [image] = await Array.fromAsync(render([wide], never));
  const column = Array.from({ length: side }, (_, y) => image?.pixels[(y * side + 16) * 3]);
  expect(column).toEqual(column.map((_, y) => y >= 8 && y < 24 ? 0 : 255));
});

Deno.test("images come in the order of the icons, the same bytes each time", async () => {
  const icons = Array.from({ length: 200 }, (_, at) => icon(`i${at}`, square(at % 24, "#123")));
  const once = await Array.fromAsync(render(icons, never));
  const again = await Array.fromAsync(render(icons, never));
  expect(once.map(({ icon }) => icon.name)).toEqual(icons.map(({ name }) => name));
  expect(again.map(({ pixels }) => pixels)).toEqual(once.map(({ pixels }) => pixels));
  expect(new Set(once.map(({ digest }) => digest)).size).toBe(24);
});

Deno.test("a corrupt icon is named", async () => {
  const icons = [icon("good", square(0, "red")), icon("bad", "<path d='")];
  const error = await Array.fromAsync(render(icons, never)).catch((error) => error);
  expect(error).toBeInstanceOf(UserError);
  expect(error.message).toContain("Cannot render the icon toy:bad");
});

Deno.test("an abort stops rendering with its reason", async () => {
  const abort = new AbortController();
  const icons = Array.from({ length: 500 }, (_, at) => icon(`i${at}`, square(at % 24, "red")));
  let rendered = 0;
  const rendering = async () => {
    for await (const _ of render(icons, abort.signal)) {
      if (++rendered === 10) abort.abort(new Error("stop"));
    }
  };
  await expect(rendering()).rejects.toThrow("stop");
  expect(rendered).toBe(10);
});
