/** The icon world: images with noisy hashtags, and targets of rising distance from them. */
import { node } from "../../pipeline/graph.ts";
import { digitsTarget } from "../digits/target.ts";
import { subsetsOf } from "../subset.ts";
import type { World, WorldOptions } from "../world.ts";
import { hashtags } from "./hashtags_stage.ts";
import { packageVersions } from "./packages.ts";
import { renderPretraining } from "./pretraining_stage.ts";
import { iconSets, pretrainingSets } from "./sets.ts";
import { iconTargets } from "./targets/list.ts";
import { targetNodes } from "./targets/nodes.ts";

/** Seed of the images and splits. Fixed, so that the spread over seeds is that of training alone. */
const dataSeed = 1;

export function iconWorld(options: WorldOptions): World {
  const { images, names, versions } = options;
  const data = node(renderPretraining, {
    id: "icons",
    title: "Render icons",
    config: {
      images,
      names,
      dataSeed,
      versions: { ...packageVersions(pretrainingSets), ...versions },
    },
    inputs: {},
  });
  const offered = iconTargets.filter(({ needsNames }) => names !== null || !needsNames);
  const labels = {
    hashtags: node(hashtags, {
      id: "icons.hashtags",
      title: "Label icons: hashtags",
      config: { versions },
      inputs: { data },
    }),
  };
  return {
    rows: images,
    data,
    labels,
    subset: subsetsOf({ data, labels }, { dataSeed, versions }),
    targets: {
      ...targetNodes(offered, { pretraining: data, dataSeed, options }),
      digits: digitsTarget({ dataSeed, versions }),
    },
    layerwiseTarget: "emoji-category",
    sources: iconSets,
  };
}
