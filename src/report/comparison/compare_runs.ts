/** Makes a comparison of runs, whether or not they have come to an end. */
import { stageOrigins } from "../../pipeline/origins.ts";
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

function runFacts(run: ComparedRun): RunFacts {
  const { name, state, message, record, status, study, summary } = run;
  return {
    ...{ name, title: record?.title ?? name, experiment: study?.experiment ?? null, state },
    message: message ?? null,
    facts: study ? studyFacts(study).map(([name, value]) => [name, value]) : [],
    createdAt: record?.createdAt ?? null,
    seconds: status?.seconds ?? null,
    stagesDone: status ? stagesDone(status) : 0,
    stagesReused: stagesReused(run),
    stagesTotal: record?.nodes.length ?? 0,
    command: record?.command ?? null,
    measured: summary !== undefined,
  };
}

/** Stages that no attempt of this run made: one that went on finds there what an earlier one of its own made. */
function stagesReused({ status, events }: ComparedRun): number {
  const origins = stageOrigins(events);
  const own = new Set(events.flatMap(({ type, t }) => type === "run-started" ? [t] : []));
  const reused = (status?.nodes ?? []).filter(({ state }) => state === "reused");
  return reused.filter(({ id }) => !own.has(origins.get(id)?.began ?? "")).length;
}
