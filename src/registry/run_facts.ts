/** What tells a run from others of the same title, as its study says it. */
import type { RunRecord } from "../pipeline/record.ts";
import { studySchema } from "../results/study.ts";
import { studyFacts } from "../results/study_facts.ts";

const told = studySchema.pick({ scale: true, facts: true, seeds: true });

/** Names and values, as `["K", "20"]`; none where the record holds no study. */
export function runFacts(
  record: RunRecord | undefined,
): (readonly [name: string, value: string])[] {
  const study = told.safeParse(record?.study).data;
  return study ? studyFacts(study) : [];
}
