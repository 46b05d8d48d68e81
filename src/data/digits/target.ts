/** Target: which digit was written (data of another domain than any icon). */
import { node } from "../../pipeline/graph.ts";
import { defineStage } from "../../pipeline/stage.ts";
import { writeLabels } from "../labels.ts";
import { partsStage } from "../parts_stage.ts";
import type { DataServices } from "../services.ts";
import type { Target } from "../target.ts";
import { digitRows, type DigitsConfig, readDigitsCard } from "./rows_stage.ts";

const labelDigits = defineStage<
  Pick<DigitsConfig, "versions">,
  { readonly data: "dataset" },
  "labels",
  DataServices
>({
  name: "digits.labels",
  version: 1,
  inputs: { data: "dataset" },
  output: "labels",
  async run({ inputs, dir, services }) {
    const { labels } = await readDigitsCard(inputs.data);
    const names = Array.from({ length: 10 }, (_, digit) => String(digit));
    return await writeLabels(dir, services, {
      ...{ title: "Handwritten digits", kind: "single", names, labels },
    });
  },
});

const partDigits = partsStage(
  "digits.parts",
  async (data) => (await readDigitsCard(data)).parts,
);

/** `dataSeed`: of the draw of the parts. */
export function digitsTarget({ dataSeed, versions }: DigitsConfig): Target {
  const [name, title] = ["digits", "Handwritten digits"];
  const data = node(digitRows, {
    id: "target.digits",
    title: `Read target: ${title}`,
    config: { dataSeed, versions },
    inputs: {},
  });
  const ofRows = { config: { versions }, inputs: { data } };
  return {
    ...{ name, title, metric: "top-1", probe: "logistic", data },
    labels: node(labelDigits, {
      ...{ id: "target.digits.labels", title: `Label target: ${title}`, ...ofRows },
    }),
    parts: node(partDigits, {
      ...{ id: "target.digits.parts", title: `Split target: ${title}`, ...ofRows },
    }),
  };
}
