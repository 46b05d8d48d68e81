import { expect } from "expect";
import { about, isWithin } from "../../../src/data/published/amount.ts";
import { publishedSets, publishedSpec } from "../../../src/data/published/list.ts";

Deno.test("Table 2 of the paper, in its order: every size is what the paper rounds", () => {
  expect(publishedSets.map(({ title, paper }) => `${title} ${paper.classes} ${paper.rows}`))
    .toEqual([
      "ImageNet-1K 1000 1.3M/50K",
      "ImageNet-9K 9000 10.5M/450K",
      "Places365 365 1.8M/36.5K",
      "iNaturalist 2018 8142 438K/24K",
      "Kinetics 400 246K/20K",
      "Sports1M 487 882K/204K",
      "Sth-Sth V1 174 86K/11.5K",
      "VOC07 20 5K/5K",
      "Places205 205 2.4M/21K",
    ]);
  for (const { size, paper } of publishedSets) {
    const [train = "", evaluation = ""] = paper.rows.split("/");
    expect(size.classes).toBe(paper.classes);
    for (const [own, text] of [[size.train, train], [size.evaluation, evaluation]] as const) {
      expect(isWithin(own.least, about(text))).toBe(true);
      expect(isWithin(own.most, about(text))).toBe(true);
    }
  }
});

Deno.test("the metric of VOC07 alone is mAP", () => {
  expect(publishedSets.filter(({ metric }) => metric === "mAP").map(({ name }) => name))
    .toEqual(["voc07"]);
});

Deno.test("a rounded number stands for all less than one in its last digit away", () => {
  expect(about("246K")).toEqual({ least: 245_001, most: 246_999, text: "about 246,000" });
  expect(about("10.5M")).toEqual({ least: 10_400_001, most: 10_599_999, text: "about 10,500,000" });
});

Deno.test("a spec is the name of a data set and a path, which may hold colons; others are none", () => {
  expect(publishedSpec("voc07:/data/a:b")).toMatchObject({
    set: { name: "voc07" },
    path: "/data/a:b",
  });
  for (
    const given of ["voc07", "voc07:", "VOC07:/data", "timm:resnet18", "./voc07:/data", "c:/data"]
  ) {
    expect(publishedSpec(given)).toBeUndefined();
  }
});
