import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { expect } from "expect";
import { motions } from "../../../src/data/clips/motions.ts";
import { clipBytes, frames, paintClip, poseAt } from "../../../src/data/clips/paint.ts";
import { texture } from "../../../src/data/clips/texture.ts";
import { imageBytes, side } from "../../../src/data/icons/render.ts";

const named = (name: string) => motions.find((motion) => motion.name === name)!;
const white = new Uint8Array(imageBytes).fill(255);
const black = new Uint8Array(imageBytes);

/** Frames of a clip. */
const framesOf = (icon: Uint8Array, motion: string, name = "clip") => {
  const clip = paintClip(icon, { seed: 1, name, motion: named(motion) });
  expect(clip.length).toBe(clipBytes);
  return Array.from(
    { length: frames },
    (_, at) => clip.subarray(at * imageBytes, (at + 1) * imageBytes),
  );
};

Deno.test("behind an icon is the texture, the same in all frames; at rest nothing changes", () => {
  const expected = Uint8Array.from(texture(1, "clip", side), Math.round);
  for (const frame of framesOf(white, "slide-left")) expect(frame).toEqual(expected);
  const [first, ...others] = framesOf(black, "rest");
  expect(first).not.toEqual(expected);
  for (const frame of others) expect(frame).toEqual(first);
});

Deno.test("an icon is where its pose says, as large, and it leaves on one side to come in on the other", () => {
  for (let clip = 0; clip < 30; clip++) {
    const name = `clip ${clip}`;
    const background = Uint8Array.from(texture(1, name, side), Math.round);
    framesOf(black, "slide-right", name).forEach((frame, time) => {
      const pose = poseAt(1, name, named("slide-right"), time);
      const columns = new Set<number>();
      let [covered, across, down] = [0, [0, 0], [0, 0]];
      for (let at = 0; at < side * side; at++) {
        const dark = background[3 * at]! - frame[3 * at]!;
        if (dark === 0) continue;
        covered++;
        columns.add(at % side);
        const angles = [(at % side + 0.5) / side, (Math.floor(at / side) + 0.5) / side]
          .map((part) => 2 * Math.PI * part);
        across = [across[0]! + Math.cos(angles[0]!), across[1]! + Math.sin(angles[0]!)];
        down = [down[0]! + Math.cos(angles[1]!), down[1]! + Math.sin(angles[1]!)];
      }
      const wide = side * (0.35 + 0.35 * pose.size);
      expect(covered).toBeGreaterThan((wide - 1.5) ** 2);
      expect(covered).toBeLessThan((wide + 3) ** 2);
      // the mean direction round the circle is that of the centre
      for (const [[cosine, sine], centre] of [[across, pose.x], [down, pose.y]] as const) {
        const found = Math.atan2(sine!, cosine!) / (2 * Math.PI);
        const off = found - centre - Math.round(found - centre);
        expect(Math.abs(off) * side).toBeLessThan(1);
      }
    });
  }
});

Deno.test("a clip turns clockwise: what was at the right of its icon is then at its bottom", () => {
  const half = black.map((_, at) => Math.floor(at / 3) % side < side / 2 ? 255 : 0);
  const centreOf = (frame: Uint8Array, background: Float64Array, name: string, time: number) => {
    const pose = poseAt(1, name, named("spin-clockwise"), time);
    let [x, y] = [0, 0];
    for (let at = 0; at < side * side; at++) {
      const dark = Math.round(background[3 * at]!) - frame[3 * at]!;
      if (dark === 0) continue;
      const from = (part: number) => part - Math.round(part);
      x += from((at % side + 0.5) / side - pose.x);
      y += from((Math.floor(at / side) + 0.5) / side - pose.y);
    }
    return { found: Math.atan2(y, x) / (2 * Math.PI), turn: pose.turn };
  };
  for (let clip = 0; clip < 10; clip++) {
    const name = `clip ${clip}`;
    const background = texture(1, name, side);
    framesOf(half, "spin-clockwise", name).forEach((frame, time) => {
      const { found, turn } = centreOf(frame, background, name, time);
      const off = found - turn - Math.round(found - turn);
      expect(Math.abs(off)).toBeLessThan(0.05);
    });
  }
});

Deno.test("the same clip is the same bytes, on any machine; another seed or name is another", () => {
  const icon = black.map((_, at) => (at * 7919) % 256);
  const hash = (seed: number, name: string) =>
    createHash("sha256").update(
      Buffer.concat(motions.map((motion) => paintClip(icon, { seed, name, motion }))),
    ).digest("hex");
  expect(hash(1, "a").slice(0, 16)).toBe("fdcb43f726bc6836");
  expect(hash(2, "a")).not.toBe(hash(1, "a"));
  expect(hash(1, "b")).not.toBe(hash(1, "a"));
});
