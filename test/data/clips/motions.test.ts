import { expect } from "expect";
import { type Motion, motions, verbs } from "../../../src/data/clips/motions.ts";
import { motionOf, poseAt } from "../../../src/data/clips/paint.ts";
import { type Pose, shifted } from "../../../src/data/clips/pose.ts";

const numbers = ["x", "y", "turn", "size", "light"] as const;
const named = (name: string): Motion => motions.find((motion) => motion.name === name)!;

Deno.test("a single frame does not tell the motion: every number is spread alike, at any time", () => {
  const [clips, bins] = [1200, 4];
  for (const motion of motions) {
    for (const time of [0, 3, 7]) {
      const counts = Object.fromEntries(numbers.map((name) => [name, new Uint32Array(bins)]));
      for (let clip = 0; clip < clips; clip++) {
        const pose = poseAt(1, `clip ${clip}`, motion, time);
        for (const name of numbers) counts[name]![Math.floor(bins * pose[name])]!++;
      }
      // 300 expected in each, with a standard deviation of 15
      const all = numbers.flatMap((name) => [...counts[name]!]);
      expect(all.reduce((sum, count) => sum + count)).toBe(numbers.length * clips); // each in [0, 1)
      expect(Math.max(...all.map((count) => Math.abs(count - clips / bins)))).toBeLessThan(70);
    }
  }
});

Deno.test("directions are opposite, and clockwise is from right to down", () => {
  const opposite = [
    ["slide-left", "slide-right"],
    ["slide-up", "slide-down"],
    ["spin-clockwise", "spin-anticlockwise"],
    ["grow", "shrink"],
  ];
  for (const [one, other] of opposite) {
    const [a, b] = [named(one!).shift(1, 0), named(other!).shift(1, 0)];
    for (const name of numbers) expect((a[name] ?? 0) + (b[name] ?? 0)).toBe(0);
    expect(a).not.toEqual(b);
  }
  expect(named("slide-right").shift(1, 0).x).toBeGreaterThan(0);
  expect(named("slide-down").shift(1, 0).y).toBeGreaterThan(0);
  const orbit = (time: number) => named("orbit-clockwise").shift(time, 0);
  expect(orbit(0).x).toBeGreaterThan(0.1);
  expect(orbit(2).y).toBeGreaterThan(0.1); // a quarter of the circle later it is below the centre
});

Deno.test("each verb is drawn about as often, and each motion of it; its motions are sorted by verb", () => {
  const counts = new Map<string, number>();
  const clips = 4000;
  for (let clip = 0; clip < clips; clip++) {
    const { name } = motionOf(1, `clip ${clip}`);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  expect(counts.size).toBe(motions.length);
  for (const { name, verb } of motions) {
    const share = clips / verbs.length / motions.filter((motion) => motion.verb === verb).length;
    expect(Math.abs(counts.get(name)! - share)).toBeLessThan(5 * Math.sqrt(share));
  }
  expect(motions.map(({ verb }) => verb)).toEqual(motions.map(({ verb }) => verb).toSorted());
});

Deno.test("behind 1 comes 0, also for the smallest of negative numbers", () => {
  const pose: Pose = { x: 0.9, y: 0.1, turn: 0, size: 0, light: 0.5 };
  const moved = shifted(pose, { x: 0.2, y: -0.2, turn: -1e-20 });
  expect(moved.x).toBeCloseTo(0.1);
  expect(moved.y).toBeCloseTo(0.9);
  expect(moved).toMatchObject({ turn: 0, size: 0, light: 0.5 });
});
