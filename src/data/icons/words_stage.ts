/** Stage: the words of each icon's name that are among the names of other labels; an icon may have none or several. */
import { defineStage } from "../../pipeline/stage.ts";
import { readDataset } from "../dataset.ts";
import { readLabels, writeLabels } from "../labels.ts";
import type { DataServices } from "../services.ts";
import { iconName } from "./icon.ts";
import { tokensOf } from "./names.ts";

export type WordsConfig = {
  /** The first word says what an icon shows (`arrow-left`, `file-add`), further ones how, or what is done to it. */
  readonly words: "first" | "further";
  readonly title: string;
  /** Of the packages that decide the bytes of the files. */
  readonly versions: Readonly<Record<string, string>>;
};

export const nameWords = defineStage<
  WordsConfig,
  { readonly data: "dataset"; readonly labels: "labels" },
  "labels",
  DataServices
>({
  name: "icons.words",
  version: 1,
  inputs: { data: "dataset", labels: "labels" },
  output: "labels",
  async run({ config: { words, title }, inputs, dir, services }) {
    const { sources } = await readDataset(inputs.data);
    const { names } = await readLabels(inputs.labels);
    if (names === null) {
      throw new Error(`Cannot label icons by "${title}": it needs names of labels.`);
    }
    const indexOf = new Map(names.map((name, index) => [name, index]));
    const labels = sources.map((source) => {
      const [first, ...further] = tokensOf(iconName(source));
      const own = words === "further" ? further : first === undefined ? [] : [first];
      return own.flatMap((word) => indexOf.get(word) ?? []);
    });
    return await writeLabels(dir, services, { title, kind: "multi", names, labels });
  },
});
