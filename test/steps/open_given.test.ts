import { expect } from "expect";
import { join } from "node:path";
import sharp from "sharp";
import type { Extra } from "../../src/steps/extras.ts";
import { openGiven } from "../../src/steps/open_given.ts";
import { fit } from "../../src/experiments/fit.ts";
import { own } from "../../src/experiments/own.ts";
import { toyFolder } from "../data/pictures/toy_folder.ts";

/** A folder of twelve pictures of two classes. */
async function pictures() {
  const folder = await Deno.makeTempDir();
  for (const name of ["cats", "dogs"]) {
    await Deno.mkdir(join(folder, name));
    for (let row = 0; row < 6; row++) {
      const background = { r: 40 * row, g: name === "cats" ? 200 : 10, b: 0 };
      const image = sharp({ create: { width: 9, height: 8, channels: 3, background } });
      await Deno.writeFile(join(folder, name, `${row}.png`), await image.png().toBuffer());
    }
  }
  return { folder, [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }) };
}

function noted() {
  const [lines, installed]: [string[], (readonly Extra[])[]] = [[], []];
  const means = {
    say: (text: string) => void lines.push(text),
    signal: new AbortController().signal,
    install: (extras: readonly Extra[]) => Promise.resolve(void installed.push(extras)),
    engine: () => Promise.reject(new Error("it is not needed")),
  };
  return { lines, installed, means };
}

Deno.test("pictures and a target in one folder are opened once, told, and share their rows", async () => {
  await using photos = await pictures();
  const { lines, means } = noted();
  const { folder } = photos;
  const config = own.schema.parse({ data: folder, target: { pets: folder }, arch: "resnet18" });
  const { given: { world, networks }, versions } = await openGiven(own, config, means);
  expect(networks).toEqual({});
  expect(versions).toHaveProperty("torch");
  expect(world.targets["pets"]?.data).toBe(world.data);
  expect(world.data.config).toMatchObject({
    decoding: { side: 224, interpolation: "bilinear" },
    versions: { pillow: expect.any(String) },
  });
  expect(lines).toEqual([expect.stringMatching(/: 12 pictures/), expect.stringMatching(/^pets: /)]);
});

Deno.test("fit trains on the pictures that no target validates or tests on, and says so; a run on all", async () => {
  await using photos = await pictures();
  const { lines, means } = noted();
  const asked = { data: photos.folder, target: { pets: photos.folder } };
  const { given: { world } } = await openGiven(fit, fit.schema.parse(asked), means);
  expect(world.rows).toBe(8); // of 6 of each class, 4 to train on
  expect(lines.at(-1)).toMatch(
    /: 8 pictures to train on; left out: 4 that the targets validate or test on$/,
  );
  expect((await openGiven(own, own.schema.parse(asked), means)).given.world.rows).toBe(12);
});

Deno.test("targets of one's own stand beside those of the icons", async () => {
  await using photos = await pictures();
  const { means } = noted();
  const config = own.schema.parse({ target: { pets: photos.folder }, images: 50, k: 9 });
  const { given: { world } } = await openGiven(own, config, means);
  expect(Object.keys(world.targets)).toContain("emoji-identity");
  expect(world.targets["pets"]?.labels.config).toHaveProperty("versions");
  expect(world.data.config).toMatchObject({ images: 50 });
});

Deno.test("what the student's library needs is installed first", async () => {
  await using photos = await pictures();
  const { installed, means } = noted();
  const config = own.schema.parse({ data: photos.folder, arch: "timm:resnet18" });
  await openGiven(own, config, means);
  expect(installed[0]).toEqual(["timm"]);
});

Deno.test("a folder without labels is refused as a target before anything is decoded", async () => {
  await using photos = await pictures();
  const { means } = noted();
  const flat = join(photos.folder, "cats");
  const config = own.schema.parse({ data: flat, target: { pets: flat } });
  await expect(openGiven(own, config, means)).rejects.toThrow(
    'Cannot probe on "pets": it needs labels',
  );
});

Deno.test("of a data set of the paper the training part is learned from, and a subset has to be allowed", async () => {
  await using photos = await pictures();
  const { lines, means } = noted();
  const { folder } = photos;
  for (const part of ["train", "val"]) {
    await Deno.mkdir(join(folder, part));
    for (const [name, wnid] of [["cats", "n00000001"], ["dogs", "n00000002"]] as const) {
      const from = join(folder, name);
      const to = join(folder, part, wnid);
      await Deno.mkdir(to);
      for await (const file of Deno.readDir(from)) {
        if (part === "train" || file.name < "2") {
          await Deno.copyFile(join(from, file.name), join(to, file.name));
        }
      }
    }
  }
  const data = `imagenet-1k:${folder}`;
  const asked = { data, target: { aligned: data }, subset: true };
  const { given: { world } } = await openGiven(own, own.schema.parse(asked), means);
  expect(world.rows).toBe(12);
  expect(lines[0]).toMatch(
    /^ImageNet-1K: 16 pictures; a subset: 12 pictures of 2 classes to train on, 4 to evaluate on/,
  );
  expect(lines[1]).toBe(
    "aligned: tested on its validation part; validation drawn: 20% of the train part",
  );
  const whole = own.schema.parse({ ...asked, subset: false });
  await expect(openGiven(own, whole, means)).rejects.toThrow(
    "it needs 1,281,167 pictures of 1,000 classes",
  );
});

Deno.test("a target of one's own beside icons is read at their side by networks that read them as they are stored", async () => {
  await using photos = await pictures();
  const config = own.schema.parse({ target: { pets: photos.folder }, arch: "resnet10-small" });
  const { given: { world: { targets } } } = await openGiven(own, config, noted().means);
  expect([targets["pets"]?.readAt, targets["unseen-names"]?.readAt]).toEqual([32, undefined]);
});

Deno.test("a network of clips reads whole videos: PyAV is installed first, and is in their key", async () => {
  await using folder = await toyFolder(
    Object.fromEntries(
      ["run", "walk"].flatMap((name) =>
        Array.from({ length: 5 }, (_, at) => [`${name}/${at}.mp4`, ""])
      ),
    ),
  );
  const { lines, installed, means } = noted();
  const asked = { data: folder.path, target: { verbs: folder.path }, arch: "r2plus1d-small" };
  const { given: { world } } = await openGiven(fit, fit.schema.parse(asked), means);
  expect(installed).toContainEqual(["av"]);
  expect(world.data.stage.name).toBe("videos.index");
  expect(world.data.config).toMatchObject({ versions: { av: expect.any(String) } });
  expect(lines[0]).toMatch(/: 10 videos$/);
  expect(lines.at(-1)).toMatch(/: 6 videos to train on; left out: 4 /);
});

Deno.test("clips by their name are refused beside pictures of one's own before these are opened", async () => {
  const { lines, means } = noted();
  const config = own.schema.parse({ data: "clips", target: { pets: "/nowhere" } });
  await expect(openGiven(own, config, means)).rejects.toThrow(
    "Cannot read clips with a network, targets or a student of one's own: it needs pictures, found clips.",
  );
  expect(lines).toEqual([]);
});
