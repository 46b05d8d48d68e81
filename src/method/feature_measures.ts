/** Measures of features alone, `measures.json`: no labels are needed, and none are claimed to be predicted. */
import { z } from "zod";
import { readCard, writeCard } from "../pipeline/card.ts";
import type { Artifact } from "../pipeline/stage.ts";
import { type Score, scoreSchema } from "../results/measurement.ts";

const measuresFile = "measures.json";
const measuresSchema = z.object({ scores: z.array(scoreSchema) });

/** Writes what one metric says of the features of a layer; returns the files' names. */
export async function writeMeasure(
  dir: string,
  { metric, layer, value }: Pick<Score, "metric" | "layer" | "value">,
): Promise<readonly string[]> {
  const score: Score = {
    ...{ part: "all", layer, budget: null, probe: null, metric, baseline: null },
    ...{ converged: null, evaluations: null, value },
  };
  return [await writeCard(dir, measuresFile, { scores: [score] })];
}

export async function readMeasures(artifact: Artifact): Promise<readonly Score[]> {
  return (await readCard(artifact, measuresFile, measuresSchema)).scores;
}
