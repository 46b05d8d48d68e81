import { expect } from "expect";
import { DistinctImages } from "../../../src/data/icons/distinct.ts";
import type { Icon } from "../../../src/data/icons/icon.ts";

const image = (name: string, digest: string) => ({
  icon: { set: "toy", name, aliases: [], svg: "" },
  pixels: new Uint8Array(),
  digest,
});

Deno.test("of equal images the first is a row, and a known one is none", () => {
  const images = new DistinctImages<Icon>(["k"]);
  for (const [name, digest] of ["a1", "kk", "b2", "c1", "d3", "e2"].map((at) => [...at])) {
    images.add(image(name ?? "", digest ?? ""));
  }
  expect(images.rows.map(({ icon }) => icon.name)).toEqual(["a", "b", "d"]);
});
