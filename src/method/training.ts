/** What all arms that are trained here have in common. */
import type { Backbone } from "../models/network.ts";
import type { View } from "../models/view.ts";
import type { Node } from "../pipeline/graph.ts";
import type { Site } from "./arm.ts";
import type { TrainingConfig } from "./config.ts";
import type { Objective } from "./objectives/objective.ts";
import type { Services } from "./services.ts";
import { train } from "./stages/train.ts";

/** A network to be trained, whatever for. */
export interface Learner {
  readonly backbone: Backbone;
  readonly view: View;
  /** What it is trained on: Dpre or Dcf. */
  readonly data: Node<"dataset", Services>;
  readonly epochs: number;
  readonly training: TrainingConfig;
}

/** Trains `learner` from scratch for `objective`, from the weights of the arm's own seed. */
export function trained(
  site: Site,
  title: string,
  { backbone, view, data, epochs, training }: Learner,
  { name, options, labels, teachers }: Objective,
): Node<"network", Services> {
  const numbered = <N>(prefix: string, nodes: readonly N[]) =>
    Object.fromEntries(nodes.map((node, at) => [`${prefix}.${at}`, node]));
  return site.place(train, {
    id: "",
    title,
    config: {
      ...backbone,
      ...site.placement("training"),
      view,
      epochs,
      training,
      seed: site.seedFor(site.arm),
      objective: { name, options },
      teacherViews: teachers.map(({ view }) => view),
    },
    inputs: {
      data,
      ...numbered("labels", labels),
      ...numbered("teacher", teachers.map(({ network }) => network)),
    },
  });
}
