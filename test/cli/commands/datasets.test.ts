import { expect } from "expect";
import { main } from "../../../src/cli/main.ts";
import { publishedSets } from "../../../src/data/published/list.ts";
import { toyFolder } from "../../data/pictures/toy_folder.ts";

/** What the command says on stdout, and its exit code. */
async function datasets(...args: string[]) {
  const real = Deno.stdout.writeSync;
  let stdout = "";
  Deno.stdout.writeSync = (bytes) => {
    stdout += new TextDecoder().decode(bytes);
    return bytes.length;
  };
  try {
    return { code: await main(["datasets", ...args], () => Promise.resolve()), stdout };
  } finally {
    Deno.stdout.writeSync = real;
  }
}

Deno.test("each data set is listed with its size, its metric and its layout, in 80 columns", async () => {
  const { code, stdout } = await datasets();
  expect(code).toBe(0);
  for (const { name, title } of publishedSets) expect(stdout).toContain(`${name}: ${title}\n`);
  expect(stdout).toContain(
    "voc07: VOC07\n  5,011 pictures of 20 classes to train on, 4,952 to evaluate on (the paper:\n    5K/5K); mAP\n",
  );
  expect(Math.max(...stdout.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(80);
});

Deno.test("a folder is told to be a part, with all that is missing, and exit code 1", async () => {
  const train = Array.from({ length: 12 }, (_, at) => `a/abbey/${at}.jpg`);
  await using folder = await toyFolder({
    "train_places205.csv": train.map((path) => `${path} 0\n`).join(""),
    "val_places205.csv": "",
    "images256/a/abbey/11.jpg": "",
  });
  const { code, stdout } = await datasets(`places205:${folder.path}`);
  expect(code).toBe(1);
  expect(stdout).toBe(
    "Places205: 1 pictures of 1 classes to train on, 0 to evaluate on\n" +
      "It needs 2,448,873 pictures of 205 classes to train on, 20,500 to evaluate on.\n" +
      train.slice(0, 11).map((path) => `missing: images256/${path}\n`).join(""),
  );
  const json = JSON.parse((await datasets(`places205:${folder.path}`, "--json")).stdout);
  expect(json).toMatchObject({ whole: false, found: { classes: 1, train: 1, evaluation: 0 } });
  expect(json.missing).toHaveLength(11);
});
