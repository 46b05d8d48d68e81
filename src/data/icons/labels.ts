/** What icons to pre-train on may be labelled with, as nodes. */
import { type Node, node } from "../../pipeline/graph.ts";
import type { DataServices } from "../services.ts";
import type { Target } from "../target.ts";
import { hashtags } from "./hashtags_stage.ts";
import { nameWords, type WordsConfig } from "./words_stage.ts";

/** `target`: of first words of names. */
export function iconLabels({ data, target, versions }: {
  readonly data: Node<"dataset", DataServices>;
  readonly target: Target;
  readonly versions: Readonly<Record<string, string>>;
}) {
  /** `among`: whose names count. */
  const wordsOf = (
    id: string,
    { among, ...config }: Omit<WordsConfig, "versions"> & {
      readonly among: Node<"labels", DataServices>;
    },
  ) =>
    node(nameWords, {
      id: `icons.${id}`,
      title: `Label icons: ${config.title}`,
      config: { ...config, versions },
      inputs: { data, labels: among },
    });
  const all = node(hashtags, {
    id: "icons.hashtags",
    title: "Label icons: hashtags",
    config: { versions },
    inputs: { data },
  });
  return {
    /** One word of each icon's name. */
    hashtags: all,
    /** How it is drawn, or what is done to what it shows. */
    modifiers: wordsOf("modifiers", {
      ...{ words: "further", title: "words behind the first", among: all },
    }),
    /** What it shows, where that is a class of the target. */
    "target-names": wordsOf("target-names", {
      ...{ words: "first", title: "first words that are classes of the target" },
      among: target.labels,
    }),
  };
}
