/** Verbs of the video world: how an icon moves. */
import type { Shift } from "./pose.ts";

export interface Motion {
  /** What exactly happens: "slide-left". */
  readonly name: string;
  /** What people call it: "slide". */
  readonly verb: string;
  /** What it adds to the first pose after `time` frames. `phase`, in [0, 1): where motions that swing begin. */
  shift(time: number, phase: number): Shift;
}

const circle = 2 * Math.PI;
const sine = (turns: number) => Math.sin(circle * turns);
const cosine = (turns: number) => Math.cos(circle * turns);

/** Frames of a full swing, a full orbit. */
const period = 8;

const motion = (name: string, verb: string, shift: Motion["shift"]): Motion => ({
  name,
  verb,
  shift,
});
const one = (verb: string, shift: Motion["shift"]) => motion(verb, verb, shift);

/** Sorted by verb. Verbs of several motions differ by their direction alone. */
export const motions: readonly Motion[] = [
  one("blink", (time) => ({ light: 0.5 * (Math.floor(time / 2) % 2) })),
  one("bounce", (time, phase) => ({ y: -0.25 * Math.abs(sine(time / period + phase)) })),
  motion("orbit-clockwise", "orbit", (time, phase) => orbit(time / period + phase)),
  motion("orbit-anticlockwise", "orbit", (time, phase) => orbit(phase - time / period)),
  one("pulse", (time, phase) => ({ size: 0.2 * sine(1.5 * time / period + phase) })),
  one("rest", () => ({})),
  one("shake", (time) => ({ x: time % 2 === 0 ? 0 : 0.09 })),
  motion("slide-down", "slide", (time) => ({ y: 0.06 * time })),
  motion("slide-left", "slide", (time) => ({ x: -0.06 * time })),
  motion("slide-right", "slide", (time) => ({ x: 0.06 * time })),
  motion("slide-up", "slide", (time) => ({ y: -0.06 * time })),
  motion("spin-clockwise", "spin", (time) => ({ turn: 0.06 * time })),
  motion("spin-anticlockwise", "spin", (time) => ({ turn: -0.06 * time })),
  one("swing", (time, phase) => ({ turn: 0.12 * sine(time / period + phase) })),
  motion("grow", "zoom", (time) => ({ size: 0.08 * time })),
  motion("shrink", "zoom", (time) => ({ size: -0.08 * time })),
];

/** Verbs, sorted. */
export const verbs: readonly string[] = [...new Set(motions.map(({ verb }) => verb))].sort();

/** Clockwise round the first pose's centre, where y grows downwards. */
function orbit(turns: number): Shift {
  return { x: 0.18 * cosine(turns), y: 0.18 * sine(turns) };
}
