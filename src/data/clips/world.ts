/** The video world: icons that move over textures, with noisy nouns and with verbs, and targets of actions. */
import { type Node, node } from "../../pipeline/graph.ts";
import { packageVersions } from "../icons/packages.ts";
import { heldOutGlyphSets, iconSets, pretrainingSets } from "../icons/sets.ts";
import type { DataServices } from "../services.ts";
import { subsetsOf } from "../subset.ts";
import type { Target } from "../target.ts";
import type { World, WorldOptions } from "../world.ts";
import { type ClipLabelling, labelClips } from "./labels_stage.ts";
import { frames } from "./paint.ts";
import { partClips } from "./parts_stage.ts";
import { paintPretraining } from "./pretraining_stage.ts";
import { paintTarget } from "./target_stage.ts";

/** Seed of the clips and splits. Fixed, so that the spread over seeds is that of training alone. */
const dataSeed = 1;

/** Names of icons in the targets, unless a run says otherwise. */
const targetNouns = 12;

/** Clips of each part of the targets. */
const targetClips = { train: 1600, validation: 400, test: 800 };

/** Each stands in the place of one of the paper's (Table 5). */
const targets: readonly (Pick<Target, "name" | "title"> & { readonly of: ClipLabelling })[] = [
  { name: "verbs", title: "Verbs, held-out families", of: "verbs" }, // Kinetics
  { name: "actions", title: "Nouns with verbs", of: "actions" }, // Sports1M: appearance helps
  { name: "motions", title: "Verbs with directions", of: "motions" }, // Something-Something: it does not
];

/** `images`: clips, of as many icons. `targetSize`: names of icons in the targets. */
export function clipWorld({ images, names, targetSize, versions }: WorldOptions): World {
  const data = node(paintPretraining, {
    id: "clips",
    title: "Paint clips",
    config: {
      ...{ images, names, dataSeed },
      versions: { ...packageVersions(pretrainingSets), ...versions },
    },
    inputs: {},
  });
  const rows = node(paintTarget, {
    id: "target.clips",
    title: "Paint target: Clips, held-out families",
    config: {
      ...{ nouns: targetSize ?? targetNouns, clips: targetClips, dataSeed },
      versions: { ...packageVersions(heldOutGlyphSets), ...versions },
    },
    inputs: { pretraining: data },
  });
  const parts = node(partClips, {
    id: "target.clips.parts",
    title: "Split target: Clips, held-out families",
    config: { versions },
    inputs: { data: rows },
  });
  const labelsOf = (
    of: ClipLabelling,
    about: {
      readonly id: string;
      readonly title: string;
      readonly data: Node<"dataset", DataServices>;
    },
  ) =>
    node(labelClips, {
      id: about.id,
      title: about.title,
      config: { of, title: about.title, dataSeed, versions },
      inputs: { data: about.data },
    });
  const weak = (of: ClipLabelling) =>
    labelsOf(of, { id: `clips.${of}`, title: `Label clips: ${of}`, data });
  const labels = { nouns: weak("nouns"), verbs: weak("verbs"), tags: weak("tags") };
  return {
    rows: images,
    frames,
    data,
    labels,
    subset: subsetsOf({ data, labels }, { dataSeed, versions }),
    targets: Object.fromEntries(targets.map(({ name, title, of }) => [name, {
      ...{ name, title, metric: "top-1", probe: "logistic", data: rows, parts },
      labels: labelsOf(of, {
        ...{ id: `target.clips.${name}`, title: `Label target: ${title}`, data: rows },
      }),
    }])),
    layerwiseTarget: null,
    sources: iconSets.filter(({ kind }) => kind === "glyphs"),
  };
}
