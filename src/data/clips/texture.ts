/** Backgrounds of clips: patterns of two colours. */
import { uniform } from "../draw.ts";

export type Colour = readonly [red: number, green: number, blue: number];

/** How much of the second colour is in a place, from 0 to 1. x and y: over the side of the frame. */
type Pattern = (x: number, y: number) => number;

const patterns: readonly ((draw: (what: string) => number) => Pattern)[] = [
  (draw) => {
    const [across, down] = directionOf(draw("direction"));
    return (x, y) => 0.5 + 0.5 * ((x - 0.5) * across + (y - 0.5) * down);
  },
  (draw) => {
    const [across, down] = directionOf(draw("direction"));
    const stripes = 2 + 4 * draw("stripes");
    return (x, y) => 0.5 + 0.5 * Math.sin(2 * Math.PI * stripes * (x * across + y * down));
  },
  (draw) => {
    const checks = 2 + Math.floor(4 * draw("checks"));
    return (x, y) => (Math.floor(x * checks) + Math.floor(y * checks)) % 2;
  },
  (draw) => {
    const cells = 5;
    const corner = (x: number, y: number) => draw(`corner ${x % cells},${y % cells}`);
    return (x, y) => {
      const [left, top] = [Math.floor(x * cells), Math.floor(y * cells)];
      const [right, below] = [x * cells - left, y * cells - top];
      const row = (at: number) => corner(left, at) * (1 - right) + corner(left + 1, at) * right;
      return row(top) * (1 - below) + row(top + 1) * below;
    };
  },
];

function directionOf(turns: number): readonly [number, number] {
  return [Math.cos(2 * Math.PI * turns), Math.sin(2 * Math.PI * turns)];
}

/** side * side * RGB, each from 0 to 255: bright, so that dark icons stand out. Drawn by the seed and the name. */
export function texture(seed: number, name: string, side: number): Float64Array {
  const draw = (what: string) => uniform(seed, `${what} of ${name}`);
  const pattern = patterns[Math.floor(draw("pattern") * patterns.length)]!(draw);
  const [first, second] = [bright("first"), bright("second")];
  const pixels = new Float64Array(side * side * 3);
  for (let y = 0, at = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const share = pattern((x + 0.5) / side, (y + 0.5) / side);
      for (let channel = 0; channel < 3; channel++) {
        pixels[at++] = first[channel]! * (1 - share) + second[channel]! * share;
      }
    }
  }
  return pixels;

  function bright(which: string): Colour {
    const channel = (name: string) => 150 + 105 * draw(`${which} ${name}`);
    return [channel("red"), channel("green"), channel("blue")];
  }
}

/** Of an icon: dark, by the seed and the name. */
export function inkOf(seed: number, name: string): Colour {
  const channel = (which: string) => 110 * uniform(seed, `ink ${which} of ${name}`);
  return [channel("red"), channel("green"), channel("blue")];
}
