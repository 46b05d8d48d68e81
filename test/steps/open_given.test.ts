import { expect } from "expect";
import { join } from "node:path";
import sharp from "sharp";
import type { Extra } from "../../src/steps/extras.ts";
import { openGiven } from "../../src/steps/open_given.ts";
import { own } from "../../src/experiments/own.ts";

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
