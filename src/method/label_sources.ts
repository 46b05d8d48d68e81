/** Labels that a teacher may be trained on. */
import type { Node } from "../pipeline/graph.ts";
import type { LabelsAt } from "./arm.ts";
import type { Services } from "./services.ts";
import { addNoise } from "./stages/noise.ts";

/** Labels as they are. */
export function plain(labels: Node<"labels", Services>): LabelsAt {
  return () => labels;
}

/** With `percent` of them replaced by other classes: the same ones for all arms of a seed, and with more noise the
 * same ones and others (paper, section 3.2). */
export function withNoise(labels: Node<"labels", Services>, percent: number): LabelsAt {
  if (percent === 0) return plain(labels);
  return (site) =>
    site.place(addNoise, {
      id: "labels",
      title: `Add ${percent}% noise to the labels`,
      config: { percent, seed: site.seedFor("noise"), versions: site.placement("data").versions },
      inputs: { labels },
    });
}
