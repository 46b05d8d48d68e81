/** An experiment: which layer to cluster, at several K, beside an untrained network. */
import {
  armsOver,
  axis,
  checkClusters,
  clusterCount,
  clusteringOf,
  type Experiment,
  experimentConfig,
  learnerOf,
  ncf,
  npre,
  rotation,
} from "clusterfit";
import { z } from "zod";
import { untrained } from "./untrained.ts";

const schema = experimentConfig({
  layer: axis(z.enum(["res4", "res5"])).prefault(["res4", "res5"]),
  k: axis(clusterCount).prefault([100, 300]),
});

const layersOfK: Experiment<z.infer<typeof schema>> = {
  name: "layers-of-k",
  about: "which layer to cluster",
  schema,
  scales: { small: { config: { epochs: 12 }, takes: "10 minutes on two cores" } },
  prefix: () => "layers-of-k",
  check: ({ k, images }) => checkClusters(k, images),
  world: ({ images }) => ({ names: null, images }),
  plan(config, world) {
    const { layer, k } = config;
    const learner = learnerOf(config, world);
    const arm = armsOver<{ layer: string; k: number }>();
    return {
      title: "Which layer to cluster",
      facts: [["layers", layer.join(", ")], ["K", k.join(", ")]],
      axes: [
        { name: "layer", title: "layer", unit: "", values: layer },
        { name: "k", title: "K", unit: "", values: k },
      ],
      arms: {
        untrained: arm({ recipe: () => untrained(learner) }),
        npre: arm({
          recipe: () =>
            npre({ ...learner, kind: "RotNet", task: "rotations", objective: rotation }),
        }),
        ncf: arm({
          on: ["npre"],
          axes: ["layer", "k"],
          recipe: ({ layer, k }, { npre }) =>
            ncf({ ...learner, teachers: [npre], layer, k, ...clusteringOf(config) }),
        }),
      },
      targets: ["unseen-names"],
      layerwiseTarget: null,
      claims: [{
        id: "res4",
        text: "Clusters of res4 transfer better than those of res5",
        paper: "Supplement D: res4 for Jigsaw",
        test: {
          kind: "higher",
          better: { arm: "ncf", target: "unseen-names", at: { layer: "res4" } },
          worse: { arm: "ncf", target: "unseen-names", at: { layer: "res5" } },
        },
        expected: "undecided",
      }],
      figures: [
        { name: "along", arms: {}, axes: { axis: "k" } },
        { name: "along", arms: {}, axes: { axis: "layer" } },
      ],
      paper: [],
    };
  },
};
export default layersOfK;
