/** A resnet18 of 100 steps of 16 pictures, killed twice within its one epoch. The pictures are small, so that it takes
 * a minute; at 224 pixels: CLUSTERFIT_TEST_SIZE=224. */
import { join } from "node:path";
import { expect } from "expect";
import { venvPython } from "../venv_python.ts";

const program = new URL("train_run.ts", import.meta.url).pathname;
const size = Number(Deno.env.get("CLUSTERFIT_TEST_SIZE") ?? 64);
const images = 1600;

/** Writes JPEGs of four colours and noise, half as high again as the network reads. */
const maker = `
import sys, numpy as np
from PIL import Image
folder, size, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
for at in range(count):
    draws = np.random.default_rng(at)
    patches = Image.fromarray(draws.integers(0, 256, (4, 5, 3), dtype=np.uint8))
    patches.resize((2 * size, 3 * size // 2)).save(f"{folder}/{at}.jpg", quality=85)
`;

const training = (folder: string, out: string) =>
  new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", program, folder, out, `${size}`],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();

/** Goes on where `out` stands, up to the end, or up to a kill behind so many images. Gives the images of each progress. */
async function trained(folder: string, out: string, killAfter = Infinity): Promise<number[]> {
  const child = training(folder, out);
  const seen: number[] = [];
  let text = "";
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const lines = text.split("\n");
    text = lines.pop() ?? "";
    for (const line of lines) {
      const [, done] = /^network (\d+)$/.exec(line) ?? [];
      if (done !== undefined) seen.push(Number(done));
      else expect(line).toMatch(/^pictures \d+$|^done$/);
    }
    if ((seen.at(-1) ?? 0) >= killAfter) {
      child.kill("SIGKILL");
      break;
    }
  }
  const { success } = await child.status;
  expect(success).toBe(killAfter === Infinity);
  return seen;
}

Deno.test("a resnet18 that was killed twice within an epoch ends in the same bytes", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const pictures = join(folder, "pictures");
    await Deno.mkdir(pictures);
    await venvPython(maker, pictures, `${size}`, `${images}`);
    const [whole, killed] = [join(folder, "whole"), join(folder, "killed")];
    expect((await trained(pictures, whole)).at(-1)).toBe(images);

    await trained(pictures, killed, 0.3 * images); // before its first checkpoint
    await trained(pictures, killed, 0.7 * images); // behind it, which is at half of the epoch
    const rest = await trained(pictures, killed);
    expect(rest[0]).toBeGreaterThan(images / 2);
    const manifest = (out: string) =>
      Deno.readTextFile(join(out, "run/artifacts/network/manifest.json"));
    expect(await manifest(killed)).toEqual(await manifest(whole));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
