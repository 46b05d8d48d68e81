/** A clip: an icon that moves over a texture, frame by frame. */
import { uniform } from "../draw.ts";
import { side } from "../icons/render.ts";
import { type Motion, motions, verbs } from "./motions.ts";
import { type Pose, shifted } from "./pose.ts";
import { type Colour, inkOf, texture } from "./texture.ts";

/** Frames of a clip. */
export const frames = 8;
/** Bytes of a clip: frames * side * side * RGB. */
export const clipBytes = frames * side * side * 3;

/** Side of an icon over that of the frame, smallest and largest. */
const [smallest, largest] = [0.35, 0.7];
/** Of an icon that is faint. */
const faint = 0.4;

/** The motion of a clip of that name: each verb as often, and each motion of a verb. */
export function motionOf(seed: number, name: string): Motion {
  const draw = <One>(what: string, among: readonly One[]) =>
    among[Math.floor(uniform(seed, `${what} of ${name}`) * among.length)]!;
  const verb = draw("verb", verbs);
  return draw("motion", motions.filter((motion) => motion.verb === verb));
}

/** The pose at frame `time` of a clip of that name; its pace differs from others' by a quarter at most. */
export function poseAt(seed: number, name: string, motion: Motion, time: number): Pose {
  const draw = (what: string) => uniform(seed, `${what} of ${name}`);
  const first = {
    ...{ x: draw("x"), y: draw("y"), turn: draw("turn") },
    ...{ size: draw("size"), light: draw("light") },
  };
  // Motions that step from frame to frame keep their steps.
  const pace = motion.verb === "shake" || motion.verb === "blink" ? 1 : 0.75 + 0.5 * draw("pace");
  return shifted(first, motion.shift(pace * time, draw("phase")));
}

/** uint8 [frames, side, side, 3]. `icon`: its pixels, black on white, uint8 [side, side, 3]. The same for equal
 * arguments, on every machine. */
export function paintClip(
  icon: Uint8Array,
  { seed, name, motion }: { readonly seed: number; readonly name: string; readonly motion: Motion },
): Uint8Array {
  const background = texture(seed, name, side);
  const ink = inkOf(seed, name);
  const clip = new Uint8Array(clipBytes);
  for (let time = 0; time < frames; time++) {
    const frame = clip.subarray(time * background.length, (time + 1) * background.length);
    paintFrame(frame, icon, background, ink, poseAt(seed, name, motion, time));
  }
  return clip;
}

function paintFrame(
  frame: Uint8Array,
  icon: Uint8Array,
  background: Float64Array,
  ink: Colour,
  pose: Pose,
): void {
  const [cosine, sine] = [Math.cos(2 * Math.PI * pose.turn), Math.sin(2 * Math.PI * pose.turn)];
  const scale = smallest + (largest - smallest) * pose.size;
  const opacity = pose.light < 0.5 ? 1 : faint;
  for (let y = 0, at = 0; y < side; y++) {
    const down = fromCentre((y + 0.5) / side - pose.y);
    for (let x = 0; x < side; x++) {
      const across = fromCentre((x + 0.5) / side - pose.x);
      const [u, v] = [across * cosine + down * sine, down * cosine - across * sine];
      const cover = opacity * coverAt(icon, side * (u / scale + 0.5), side * (v / scale + 0.5));
      for (let channel = 0; channel < 3; channel++, at++) {
        frame[at] = Math.round(background[at]! * (1 - cover) + ink[channel]! * cover);
      }
    }
  }
}

/** The nearest way round the circle, from -1/2 to 1/2. */
function fromCentre(distance: number): number {
  return distance - Math.round(distance);
}

/** How much of a place of an icon is drawn, from 0 to 1, between the centres of its pixels; nothing beyond it. */
function coverAt(icon: Uint8Array, x: number, y: number): number {
  const [left, top] = [Math.floor(x - 0.5), Math.floor(y - 0.5)];
  const [right, below] = [x - 0.5 - left, y - 0.5 - top];
  const dark = (column: number, row: number) =>
    column < 0 || row < 0 || column >= side || row >= side
      ? 0
      : 1 - icon[3 * (row * side + column)]! / 255;
  const upper = dark(left, top) * (1 - right) + dark(left + 1, top) * right;
  const lower = dark(left, top + 1) * (1 - right) + dark(left + 1, top + 1) * right;
  return upper * (1 - below) + lower * below;
}
