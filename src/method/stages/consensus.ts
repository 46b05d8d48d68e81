/** Stage: the consensus of several clusterings of the same rows (paper, section 6, "evidence accumulation"). */
import { labelsFile } from "../../data/labels.ts";
import { type Artifact, defineStage } from "../../pipeline/stage.ts";
import { writeClustering } from "../clusters.ts";
import type { Services } from "../services.ts";
import type { Versions } from "../versions.ts";

export type ConsensusConfig = {
  readonly k: number;
  /** From each start, at most. */
  readonly iterations: number;
  /** Drawn, beside those that the clusterings give. */
  readonly starts: number;
  readonly seed: number;
  readonly versions: Versions;
};

export const consensus = defineStage<
  ConsensusConfig,
  { readonly [clustering: `clusters.${number}`]: "labels" },
  "labels",
  Services
>({
  name: "consensus",
  version: 1,
  inputs: {},
  output: "labels",
  async run({ config, inputs, dir, services: { engine }, signal, progress }) {
    using open = new DisposableStack();
    const given = [];
    for (const artifact of Object.values<Artifact>(inputs)) {
      const file = open.use(await engine.tensors.load(artifact.file(labelsFile)));
      given.push(file.get("labels"));
    }
    using found = await engine.kmeans.consensus(given, config, {
      signal,
      onProgress: (done, total) => progress({ done, total, unit: "starts" }),
    });
    return await writeClustering(engine, dir, found);
  },
});
