/** What the scale "medium" of all experiments has in common: the size of one GPU. */
import type { Scale } from "../method/experiment.ts";

/**
 * Nearly all of the 26,000 different icons that there are to pre-train on, several times as many passes as at the scale
 * "small", and a network of some 30 times the multiplications. K is larger too: there are as many images a cluster.
 */
export const oneGpu = {
  device: "cuda",
  arch: "resnet18-small",
  width: 64,
  images: 24_000,
  epochs: 60,
  seeds: [1, 2, 3],
} satisfies Scale["config"];
