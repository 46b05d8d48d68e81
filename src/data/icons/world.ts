/** The icon world: images with noisy hashtags, and targets of rising distance from them. */
import { node } from "../../pipeline/graph.ts";
import { digitsTarget } from "../digits/target.ts";
import { subsetsOf } from "../subset.ts";
import type { World, WorldOptions } from "../world.ts";
import { iconLabels } from "./labels.ts";
import { packageVersions } from "./packages.ts";
import { renderPretraining } from "./pretraining_stage.ts";
import { iconSets, pretrainingSets } from "./sets.ts";
import { heldOutFamilies } from "./targets/held_out_families.ts";
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
  const targets = targetNodes(offered, { pretraining: data, dataSeed, options });
  const labels = iconLabels({ data, target: targets[heldOutFamilies.name]!, versions });
  return {
    rows: images,
    data,
    labels,
    subset: subsetsOf({ data, labels }, { dataSeed, versions }),
    targets: { ...targets, digits: digitsTarget({ dataSeed, versions }) },
    layerwiseTarget: "emoji-category",
    sources: iconSets,
  };
}
