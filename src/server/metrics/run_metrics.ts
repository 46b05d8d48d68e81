/** What `/metrics` says of the runs: made anew for each scrape, so that nothing stays of a run that is gone. */
import { Gauge, Registry } from "prom-client";
import type { NodeStatus } from "../../pipeline/status.ts";
import { stagesDone } from "../../pipeline/status.ts";
import type { Glance } from "../../registry/followed_run.ts";
import type { RunUse } from "../run_use.ts";
import type { ListedState } from "../../registry/run_row.ts";

/** Runs that have series of their own. */
export const mostRuns = 100;
/** Stages of one run likewise, those at work. */
const mostStages = 32;

export interface CountedRuns {
  /** Of all runs. */
  readonly counts: readonly (readonly [state: ListedState, runs: number])[];
  /** Those that have not ended, newest first: the others do not change. */
  readonly atWork: readonly RunAtWork[];
}

export interface RunAtWork extends Glance {
  readonly use: RunUse;
}

/** `now`: milliseconds since 1970. */
export async function runMetrics({ counts, atWork }: CountedRuns, now: number): Promise<string> {
  const registry = new Registry();
  const gauge = (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name: `clusterfit_${name}`, help, labelNames, registers: [registry] });
  const all = gauge("runs", "Runs in each state", "state");
  const of = {
    stagesDone: gauge("run_stages_done", "Stages that a run has done", "run"),
    stagesTotal: gauge("run_stages", "Stages of a run", "run"),
    lastEvent: gauge("run_last_event_age_seconds", "Seconds since a run last told anything", "run"),
    memory: gauge("run_memory_bytes", "Resident memory of the process of a run", "run"),
    gpuMemory: gauge("run_gpu_memory_bytes", "Memory of all GPUs that it holds", "run"),
    done: gauge("stage_units_done", "What a stage has done, in its unit", "run", "stage", "unit"),
    total: gauge("stage_units", "All that a stage has to do, in its unit", "run", "stage", "unit"),
    rate: gauge(
      "stage_units_per_second",
      "Units a second of a stage, in this attempt",
      "run",
      "stage",
      "unit",
    ),
    eta: gauge("stage_eta_seconds", "Seconds that a stage has to go at its rate", "run", "stage"),
    loss: gauge("stage_loss", "The newest loss of a training", "run", "stage"),
    accuracy: gauge(
      "stage_accuracy_percent",
      "The newest accuracy of a training, percent",
      "run",
      "stage",
    ),
  };
  for (const [state, runs] of counts) all.set({ state }, runs);
  for (const { name: run, status, use } of atWork.slice(0, mostRuns)) {
    if (!status) continue;
    of.stagesDone.set({ run }, stagesDone(status));
    of.stagesTotal.set({ run }, status.nodes.length);
    if (status.lastEvent !== undefined) {
      of.lastEvent.set({ run }, Math.max(0, now - Date.parse(status.lastEvent)) / 1000);
    }
    const { process, gpu } = use;
    if (process) of.memory.set({ run }, process.memory);
    const gpuMemory = process && gpu.processes.get(process.pid);
    if (gpuMemory) of.gpuMemory.set({ run }, gpuMemory);
    for (
      const node of status.nodes.filter(({ state }) => state === "running").slice(0, mostStages)
    ) {
      setStage(run, node);
    }
  }
  return await registry.metrics();

  function setStage(run: string, { id: stage, unit = "", ...node }: NodeStatus): void {
    const set = (gauge: Gauge, labels: Record<string, string>, value: number | undefined) => {
      if (value !== undefined) gauge.set({ run, stage, ...labels }, value);
    };
    set(of.done, { unit }, node.done);
    set(of.total, { unit }, node.total);
    set(of.rate, { unit }, node.rate);
    set(of.eta, {}, node.eta);
    set(of.loss, {}, node.metrics?.["loss"]);
    set(of.accuracy, {}, node.metrics?.["accuracy"]);
  }
}
