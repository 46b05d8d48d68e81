/** Stage: what the rows of clips are labelled with. */
import type { Artifact } from "../../pipeline/stage.ts";
import { defineStage } from "../../pipeline/stage.ts";
import { uniform } from "../draw.ts";
import { readPretrainingCard, readTargetCard } from "../icons/cards.ts";
import { writeLabels } from "../labels.ts";
import { singleLabels } from "../pictures/classes.ts";
import type { DataServices } from "../services.ts";
import { readMotions } from "./cards.ts";

/** The class of each row, by name. `seed`: of what is drawn. */
type Labelling = (data: Artifact<"dataset">, seed: number) => Promise<readonly string[]>;

const nouns: Labelling = async (data) => {
  const { hashtags: { names, labels } } = await readPretrainingCard(data);
  return labels.map((label) => names[label]!);
};

const verbs: Labelling = async (data) => (await readMotions(data)).map(({ verb }) => verb);

const labellings = {
  /** Weak labels: a word of the icon's name. */
  nouns,
  /** What the icon does; of pre-training and of targets. */
  verbs,
  /** Weak labels: a noun or a verb of each, drawn once. */
  tags: async (data, seed) => {
    const [named, does] = [await nouns(data, seed), await verbs(data, seed)];
    return named.map((noun, row) => uniform(seed, `tag ${row}`) < 0.5 ? noun : does[row]!);
  },
  /** Of targets: verbs with their direction. */
  motions: async (data) => (await readMotions(data)).map(({ name }) => name),
  /** Of targets: what does it, and what it does. */
  actions: async (data, seed) => {
    const { chosen: { classes, labels } } = await readTargetCard(data);
    return (await verbs(data, seed)).map((verb, row) => `${classes[labels[row]!]} ${verb}`);
  },
} satisfies Record<string, Labelling>;

export type ClipLabelling = keyof typeof labellings;

export type ClipLabelsConfig = {
  readonly of: ClipLabelling;
  readonly title: string;
  readonly dataSeed: number;
  /** Of the packages that decide the bytes of the files. */
  readonly versions: Readonly<Record<string, string>>;
};

export const labelClips = defineStage<
  ClipLabelsConfig,
  { readonly data: "dataset" },
  "labels",
  DataServices
>({
  name: "clips.labels",
  version: 1,
  inputs: { data: "dataset" },
  output: "labels",
  async run({ config: { of, title, dataSeed }, inputs, dir, services }) {
    const classes = await labellings[of](inputs.data, dataSeed);
    return await writeLabels(dir, services, { title, ...singleLabels(classes) });
  },
});
