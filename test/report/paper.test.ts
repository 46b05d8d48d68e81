import { expect } from "expect";
import { paperResult, type PaperTable } from "../../src/report/paper.ts";

const gains = (name: string, group = 0) =>
  new Map(
    (paperResult(name) as PaperTable).groups[group]!.rows.map((
      { target, scores: [npre, , ncf] },
    ) => [
      target,
      Number((ncf! - npre!).toFixed(1)),
    ]),
  );

Deno.test("the paper's rows give the gains that its text states", () => {
  // Section 4.1.1: iNaturalist +5.8, ImageNet-1K -1.5; section 4.2: 7 to 9 points on ImageNet-1K,
  // 3 to 5 on Places205, 5 to 8 on iNaturalist.
  expect(gains("table4").get("iNaturalist")).toBe(5.8);
  expect(gains("table4").get("ImageNet-1K")).toBe(-1.5);
  const [rotnet, jigsaw] = [gains("table6", 0), gains("table6", 1)];
  expect([rotnet.get("ImageNet-1K"), jigsaw.get("ImageNet-1K")]).toEqual([7.2, 9.2]);
  expect([rotnet.get("Places205"), jigsaw.get("Places205")]).toEqual([3.4, 5.1]);
  expect([rotnet.get("iNaturalist"), jigsaw.get("iNaturalist")]).toEqual([5.4, 7.7]);
});
