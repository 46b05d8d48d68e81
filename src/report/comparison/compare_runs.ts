/** Makes a comparison of runs, whether or not they have come to an end. */
import { stagesDone } from "../../pipeline/status.ts";
import { studyFacts } from "../../results/study_facts.ts";
import type { ComparedRun } from "./compared_run.ts";
import type { Comparison, RunFacts } from "./comparison.ts";
import { compareCurves } from "./curves.ts";
import { compareFeatures } from "./features.ts";
import { attemptDifferences, configDifferences, differences } from "./differences.ts";
import { compareScores } from "./scores.ts";
import { gainVerdicts } from "./verdicts.ts";

/** `runs`: two at least. The first is the one that others are compared with. */
export function compareRuns(runs: readonly ComparedRun[]): Comparison {
  const scores = compareScores(runs);
  return {
    runs: runs.map(runFacts),
    config: configDifferences(runs.map(({ record }) => record)),
    resolved: differences(runs.map(({ record }) => record?.resolved)),
    versions: attemptDifferences(runs, "versions"),
    hardware: attemptDifferences(runs, "hardware"),
    scores,
    features: compareFeatures(runs),
    verdicts: gainVerdicts(runs, scores),
    curves: compareCurves(runs),
  };
}

function runFacts(
  { name, state, message, record, status, study, summary }: ComparedRun,
): RunFacts {
  return {
    ...{ name, title: record?.title ?? name, experiment: study?.experiment ?? null, state },
    message: message ?? null,
    facts: study ? studyFacts(study).map(([name, value]) => [name, value]) : [],
    createdAt: record?.createdAt ?? null,
    seconds: status?.seconds ?? null,
    stagesDone: status ? stagesDone(status) : 0,
    stagesReused: status?.nodes.filter(({ state }) => state === "reused").length ?? 0,
    stagesTotal: record?.nodes.length ?? 0,
    command: record?.command ?? null,
    measured: summary !== undefined,
  };
}
