/** The networks that `py/clusterfit/nets.py` builds, by name. */

/** For small pictures: a stem of stride 2 without pooling, any width. */
export const smallArchitectures = ["resnet10-small", "resnet18-small"] as const;

export const architectures = [
  ...smallArchitectures,
  "resnet18",
  "resnet34",
  "resnet50",
] as const;

export type Architecture = (typeof architectures)[number];

export function isSmall(arch: Architecture): boolean {
  return smallArchitectures.some((small) => small === arch);
}

/** Features of res5, its widest layer, after average pooling. */
export function widestLayer(arch: Architecture, width: number): number {
  return arch === "resnet50" ? 4 * 8 * width : 8 * width; // its blocks end in four times the channels
}

/** Channels of res2 unless the user says otherwise. */
export function defaultWidth(arch: Architecture): number {
  return isSmall(arch) ? 16 : 64;
}
