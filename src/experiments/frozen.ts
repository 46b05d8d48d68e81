/**
 * A network as it is: its features of pictures, or linear probes of them. Nothing is trained.
 *
 *     deno task clusterfit features --data ~/photos --network timm:resnet50 --out features.npy
 *     deno task clusterfit probe --network timm:resnet50 --target plants=~/labelled
 */
import { z } from "zod";
import { given } from "../method/arms/given.ts";
import { checkLayerwise } from "../method/check_config.ts";
import { experimentConfig } from "../method/config.ts";
import { armsOver, type Experiment } from "../method/experiment.ts";
import { readsClips } from "../models/architectures.ts";
import { clipsOf, insteadKeys, pictureKeys, picturesOf } from "./pictures.ts";

/** Its keys, beside those that all experiments have. */
const schema = experimentConfig({
  /** A pre-trained network (docs/NETWORKS.md). */
  network: z.string().default("efficientnet-lite0"),
  /** How it reads images, where its weights do not say: `imagenet`, or a JSON file (docs/NETWORKS.md). */
  preprocessing: z.string().nullable().default(null),
  /** Whose features are taken; the last one where null. */
  layer: z.string().nullable().default(null),
  /** Of the targets: the one that every layer is probed on; none where null. */
  layerwise: z.string().nullable().default(null),
  ...pictureKeys,
}, insteadKeys);

export type FrozenConfig = z.infer<typeof schema>;
/**
 * What its user may set of it.
 *
 * @internal
 */
export type FrozenKeys = z.input<typeof schema>;

/** `features`: of the data set itself, with their effective rank. `probe`: of the targets alone. */
function frozen(name: "features" | "probe", about: string): Experiment<FrozenConfig> {
  return {
    ...{ name, about, schema, scales: {} },
    prefix: () => name,
    check: ({ layerwise, target }) => checkLayerwise(layerwise, Object.keys(target)),
    world: ({ images }) => ({ names: null, images: images ?? 10_000 }),
    networks: ({ network: spec, preprocessing }) => ({ network: { spec, preprocessing } }),
    pictures(config, { network }) {
      const { options, ...asked } = picturesOf(config, network!.preprocessing);
      // read once, as the network reads them: they are kept only where that is asked for
      const decoding = { ...options.decoding, side: network!.preprocessing.resize };
      return {
        ...asked,
        options: { ...options, decoding, pack: config.pack === true },
        clips: readsClips(network!.backbone.arch),
      };
    },
    plan(config, _, { network }) {
      const clips = clipsOf(config);
      const recipe = given({ title: "Network", file: network!, clips });
      const arm = armsOver();
      return {
        title: `${network!.title}, as it is`,
        facts: [["data", config.data], ["network", config.network]],
        axes: [],
        arms: {
          network: arm({
            recipe: () => ({
              ...recipe,
              about: network!.title,
              role: "candidate",
              build(site) {
                const made = recipe.build(site);
                return config.layer === null ? made : { ...made, layers: [config.layer] };
              },
            }),
          }),
        },
        targets: Object.keys(config.target),
        layerwiseTarget: config.layerwise,
        labelFree: name === "features",
        claims: [],
        figures: [],
        paper: [],
      };
    },
  };
}

export const featuresOnly = frozen("features", "a network as it is: its features of pictures");
export const probeOnly = frozen("probe", "a network as it is, probed on labelled pictures");
