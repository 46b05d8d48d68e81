/** What tells a run from others of the same title, as its study says it. */
import type { RunRecord } from "../pipeline/record.ts";
import { studySchema } from "../results/study.ts";

const told = studySchema.pick({ scale: true, facts: true, seeds: true });

/** Names and values, as `["K", "20"]`; none where the record holds no study. */
export function runFacts(
  record: RunRecord | undefined,
): (readonly [name: string, value: string])[] {
  const study = told.safeParse(record?.study).data;
  if (!study) return [];
  const { scale, facts, seeds } = study;
  return [
    ...(scale === "" ? [] : [["scale", scale] as const]),
    ...facts,
    [seeds.length > 1 ? "seeds" : "seed", seeds.join(", ")],
  ];
}
