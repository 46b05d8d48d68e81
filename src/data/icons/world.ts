/** The icon world: pictures without labels, and four targets of rising distance from their names. */
import { type Node, node } from "../../pipeline/graph.ts";
import type { DataServices } from "../services.ts";
import type { World, WorldOptions } from "../world.ts";
import { type TargetName, targetSets } from "./choices.ts";
import { packageVersions } from "./packages.ts";
import { renderPretraining } from "./pretraining_stage.ts";
import { iconSets, pretrainingSets } from "./sets.ts";
import { renderTarget } from "./target_stage.ts";

/** Seed of the pictures and splits. Fixed, so that the spread over seeds is that of training alone. */
const dataSeed = 1;

/** What each target is called, and how many names or emoji it draws: all where null. Beyond a thousand
 * emoji the probes would take longer than the pre-training. */
const targets: Readonly<Record<TargetName, { title: string; size: number | null }>> = {
  "held-out-families": { title: "Names, held-out families", size: null },
  "unseen-names": { title: "Names never seen", size: null },
  "emoji-identity": { title: "Emoji identity, held-out vendor", size: 1000 },
  "emoji-category": { title: "Emoji category", size: 1000 },
};

export function iconWorld({ images, targetSize, versions }: WorldOptions): World {
  const pretraining = node(renderPretraining, {
    id: "icons",
    title: "Render icons",
    config: { images, dataSeed, versions: { ...packageVersions(pretrainingSets), ...versions } },
    inputs: {},
  });
  const target = (name: TargetName): Node<"target", DataServices> => {
    const { title, size } = targets[name];
    return node(renderTarget, {
      id: `target.${name}`,
      title: `Render target: ${title}`,
      config: {
        ...{ target: name, title, size: targetSize ?? size, dataSeed },
        versions: { ...packageVersions(targetSets[name]), ...versions },
      },
      inputs: { pretraining },
    });
  };
  return {
    images: pretraining,
    targets: {
      "held-out-families": target("held-out-families"),
      "unseen-names": target("unseen-names"),
      "emoji-identity": target("emoji-identity"),
      "emoji-category": target("emoji-category"),
    },
    layerwiseTarget: "emoji-category",
    sources: iconSets,
  };
}
