import { expect } from "expect";
import { own } from "../../src/experiments/own.ts";
import {
  picturesOf,
  studentSize,
  studentView,
  teacherView,
} from "../../src/experiments/pictures.ts";
import type { Preprocessing } from "../../src/models/view.ts";

const teacher: Preprocessing = {
  ...{ resize: 256, interpolation: "bicubic" },
  ...{ mean: [0.4, 0.4, 0.4], std: [0.2, 0.2, 0.2] },
};

type Given = Parameters<typeof own.schema.parse>[0] & object;
const config = (given: Given = {}) => own.schema.parse({ arch: "resnet18", ...given });

Deno.test("a trained network reads 32 pixels where it is small, else 224, or what is asked", () => {
  const size = (given: Given) => studentSize(config(given));
  expect([size({}), size({ arch: "resnet10-small" }), size({ arch: "timm:x" }), size({ size: 96 })])
    .toEqual([224, 32, 224, 96]);
});

Deno.test("icons are read as they are stored, unless another size is asked", () => {
  const small = { arch: "resnet10-small" };
  expect(studentView(config(small))).toEqual({ size: null, clips: 1, frames: null });
  expect(studentView(config({ ...small, size: 64 }))).toMatchObject({ size: 64 });
  expect(studentView(config({ ...small, data: "/photos" }))).toMatchObject({ size: 32 });
});

Deno.test("networks of clips read videos as the paper does, or as is asked", () => {
  const paper = config({ arch: "r2plus1d-34", data: "/videos" });
  expect(studentView(paper)).toEqual({ size: 112, frames: 32, clips: 6 });
  expect(teacherView(paper)).toEqual(studentView(paper));
  const clips = { frames: 8, teacherFrames: 32, average: 2 };
  const asked = config({ arch: "r2plus1d-small", data: "/videos", clips });
  expect(studentView(asked)).toEqual({ size: 32, frames: 8, clips: 2 });
  expect(teacherView(asked)).toEqual({ size: 32, frames: 32, clips: 2 });
  expect(picturesOf(asked).clips).toBe(true);
});

Deno.test("networks of pictures read stills, whatever is said of clips", () => {
  const asked = config({ data: "/photos", clips: { frames: 8, teacherFrames: 32 } });
  expect([studentView(asked), teacherView(asked)].map(({ frames }) => frames)).toEqual([
    null,
    null,
  ]);
  expect(picturesOf(asked)).not.toHaveProperty("clips");
});

Deno.test("pictures are stored as the teacher resizes them, or as large as the student reads them", () => {
  const decoding = (given: Given, teacher?: Preprocessing) =>
    picturesOf(config(given), teacher).options.decoding;
  expect(decoding({}, teacher)).toEqual({ side: 256, interpolation: "bicubic" });
  expect(decoding({ size: 320 }, teacher).side).toBe(320);
  expect(decoding({})).toEqual({ side: 224, interpolation: "bilinear" });
});

Deno.test("pictures are kept decoded where more than two epochs read them, or as asked", () => {
  const kept = (given: Given) => picturesOf(config(given)).options.pack;
  expect([2, 3].map((epochs) => kept({ epochs }))).toEqual([false, true]);
  expect(kept({ pack: false, epochs: 9 })).toBe(false);
});

Deno.test("what the config says of pictures is asked for", () => {
  expect(picturesOf(config({ target: { a: "/a" }, interval: 3, maxBad: 0.2, images: 7 })))
    .toMatchObject({ targets: { a: "/a" }, interval: 3, options: { maxBad: 0.2, images: 7 } });
});

Deno.test("a student is one of ours, or one that torchvision or timm has to know", () => {
  const arch = (arch: string) => () => own.schema.parse({ arch });
  for (const known of ["resnet18-small", "timm:resnet26d", "torchvision:vgg11"]) {
    expect(arch(known)().arch).toBe(known);
  }
  for (const unknown of ["resnet19", "hf:facebook/dinov2-small", "timm:"]) {
    expect(arch(unknown)).toThrow("torchvision:<name> or timm:<name>");
  }
});
