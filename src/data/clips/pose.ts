/** Where an icon is in a frame, and how it looks there. */

/**
 * Five numbers in [0, 1), each on a circle: behind 1 comes 0. A clip begins at a pose that is drawn from all of them
 * alike, and a motion adds to it. So a single frame has the same distribution whatever the motion: only the change
 * from frame to frame tells which it is.
 */
export interface Pose {
  /** Of the icon's centre, over the side of the frame; what leaves it on one side comes in on the other. */
  readonly x: number;
  readonly y: number;
  /** Revolutions, clockwise. */
  readonly turn: number;
  /** From the smallest to the largest. */
  readonly size: number;
  /** Below one half the icon is opaque, else it is faint. */
  readonly light: number;
}

/** What a motion adds; nothing where a number is left out. */
export type Shift = Partial<Pose>;

/** `pose` with `shift` added, round the circle. */
export function shifted(pose: Pose, shift: Shift): Pose {
  const sum = (name: keyof Pose) => round(pose[name] + (shift[name] ?? 0));
  return { x: sum("x"), y: sum("y"), turn: sum("turn"), size: sum("size"), light: sum("light") };
}

function round(value: number): number {
  const rest = value - Math.floor(value);
  return rest < 1 ? rest : 0; // a tiny negative number rounds up to 1
}
