/**
 * One network, trained from scratch on the labels of pictures: those of folders, of a table, or the clusters that
 * `export` wrote (the last step of paper, section 3.1, alone).
 *
 *     deno task clusterfit fit --data ~/photos/labels.csv --student resnet18
 */
import type { z } from "zod";
import { npre } from "../method/arms/npre.ts";
import { experimentConfig } from "../method/config.ts";
import { armsOver, type Experiment } from "../method/experiment.ts";
import { ownLabels } from "../method/label_sources.ts";
import { labels } from "../method/objectives/labels.ts";
import { learnerOf } from "../method/training.ts";
import { insteadKeys, pictureKeys, picturesOf, studentView, trainingFacts } from "./pictures.ts";

/** Its keys, beside those that all experiments have. */
const schema = experimentConfig({ ...pictureKeys }, insteadKeys);

export type FitConfig = z.infer<typeof schema>;
/**
 * What its user may set of it.
 *
 * @internal
 */
export type FitKeys = z.input<typeof schema>;

export const fit: Experiment<FitConfig> = {
  name: "fit",
  about: "labelled pictures -> a network from scratch",
  schema,
  scales: {},
  prefix: () => "fit",
  check: () => {},
  world: ({ images }) => ({ names: null, images: images ?? 10_000 }),
  // the labels are learned: a target tests on pictures that were not
  pictures: (config) => ({ ...picturesOf(config), holdOut: true }),
  plan(config, world) {
    const learner = learnerOf(config, world, studentView(config));
    const arm = armsOver();
    const objective = () => labels([ownLabels(world)]);
    ownLabels(world); // refused before anything runs
    return {
      title: "A network on labels",
      facts: [
        ["data", config.data],
        ["network", config.arch],
        ...trainingFacts(config, world, learner),
      ],
      axes: [],
      arms: {
        net: arm({
          recipe: () => ({
            ...npre({ ...learner, title: "Net", kind: "labels", task: "labels", objective }),
            about: "from scratch on the labels",
            role: "candidate",
          }),
        }),
      },
      targets: Object.keys(config.target),
      layerwiseTarget: null,
      claims: [],
      figures: [],
      paper: [],
    };
  },
};
