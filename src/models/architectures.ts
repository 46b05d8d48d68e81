/** The networks that `py/clusterfit/models` builds, by name. */
import type { Backbone } from "./network.ts";

/** For small images and clips: a stem of stride 2 without pooling, any width. */
export const smallArchitectures = ["resnet10-small", "resnet18-small", "r2plus1d-small"] as const;

export const architectures = [
  ...smallArchitectures,
  "resnet18",
  "resnet34",
  "resnet50",
  "r2plus1d-18",
  "r2plus1d-34",
] as const;

export type Architecture = (typeof architectures)[number];

/** Layers that features are compared at, the first to the last (paper, Figure 4). */
export const layers = ["res2", "res3", "res4", "res5"] as const;
export type Layer = (typeof layers)[number];

/** The penultimate layer, whose features are clustered and transferred (paper, section 3.1). */
export const lastLayer: Layer = "res5";
/** That of networks of torchvision, timm and transformers: what their own classifiers read. */
export const foreignLastLayer = "pooled";

/** The layers of a network that features may be taken of, the first to the last. Those of other libraries are told
 * apart by their last one alone. */
export function layersOf({ arch }: Pick<Backbone, "arch">): readonly string[] {
  return isOurs(arch) ? layers : [foreignLastLayer];
}

/** Whether we lay the network out; if not, its name begins with that of the library that does. */
export function isOurs(arch: string): arch is Architecture {
  return architectures.some((known) => known === arch);
}

/** Whether it may be trained here: ours, or one of a library that has to know its name. */
export function isTrainable(arch: string): boolean {
  return isOurs(arch) || /^(torchvision|timm):./.test(arch);
}

export function isSmall(arch: string): boolean {
  return smallArchitectures.some((small) => small === arch);
}

/** Whether it reads clips; all others read stills. */
export function readsClips(arch: string): boolean {
  return arch.startsWith("r2plus1d-");
}

/** Features of res5, the widest layer of our networks, after average pooling. */
export function widestLayer(arch: string, width: number): number {
  return arch === "resnet50" ? 4 * 8 * width : 8 * width; // its blocks end in four times the channels
}

/** Channels of res2: as many as asked for, 16 or 64 where that is left to the network; null for networks of other
 * libraries, which have one size. */
export function widthOf(
  { arch, width }: { readonly arch: string; readonly width: number | "auto" },
): number | null {
  if (!isOurs(arch)) return null;
  return width === "auto" ? (isSmall(arch) ? 16 : 64) : width;
}
