/** Stages that say which row of a target is in which part, where a card of its dataset holds that already. */
import { type Artifact, defineStage, type Stage } from "../pipeline/stage.ts";
import { writeParts } from "./parts.ts";
import type { DataServices } from "./services.ts";
import type { Split } from "./split.ts";

export type PartsConfig = {
  /** Of the packages that decide the bytes of the files. */
  readonly versions: Readonly<Record<string, string>>;
};

type Inputs = { readonly data: "dataset" };

/** `partsOf`: of each row of a dataset, as its card says. */
export function partsStage(
  name: string,
  partsOf: (data: Artifact<"dataset">) => Promise<readonly Split[]>,
): Stage<PartsConfig, Inputs, "parts", DataServices> {
  return defineStage<PartsConfig, Inputs, "parts", DataServices>({
    name,
    version: 1,
    inputs: { data: "dataset" },
    output: "parts",
    async run({ inputs, dir, services }) {
      return await writeParts(dir, services, await partsOf(inputs.data));
    },
  });
}
