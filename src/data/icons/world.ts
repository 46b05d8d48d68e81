/** The icon world: pictures without labels, and four targets of rising distance from their names. */
import { type Node, node } from "../../pipeline/graph.ts";
import type { DataServices } from "../services.ts";
import type { World, WorldOptions } from "../world.ts";
import type { TargetName } from "./choices.ts";
import { renderPretraining } from "./pretraining_stage.ts";
import { iconSets } from "./sets.ts";
import { renderTarget } from "./target_stage.ts";

/** Draws pictures and splits. Fixed, so that the spread over seeds is that of training alone. */
const dataSeed = 1;

const titles: Readonly<Record<TargetName, string>> = {
  "held-out-families": "Names, held-out families",
  "unseen-names": "Names never seen",
  "emoji-identity": "Emoji identity",
  "emoji-category": "Emoji category",
};

export function iconWorld({ images, targetSize }: WorldOptions): World {
  const pretraining = node(renderPretraining, {
    id: "icons",
    title: "Render icons",
    config: { images, dataSeed },
    inputs: {},
  });
  const target = (name: TargetName): Node<"target", DataServices> =>
    node(renderTarget, {
      id: `target.${name}`,
      title: `Render target: ${titles[name]}`,
      config: { target: name, title: titles[name], size: targetSize ?? null, dataSeed },
      inputs: { pretraining },
    });
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
