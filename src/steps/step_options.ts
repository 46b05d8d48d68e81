/** How a step of the method works, and who hears of it. */
import { basename } from "node:path";
import { type Engine, startEngine } from "../engine/mod.ts";
import type { RunEvent } from "../pipeline/events.ts";
import type { RunRecord } from "../pipeline/record.ts";
import type { Study } from "../results/study.ts";
import type { Install } from "./extras.ts";
import type { Identity } from "./identity.ts";

/** What a step that makes a run is going to do. */
export interface PlannedRun extends Identity {
  /** What is compared. */
  readonly study: Study;
  /** Its stages, inputs first. */
  readonly nodes: RunRecord["nodes"];
}

/** What any step takes beside its own options. */
export interface StepOptions {
  /** Aborted, the step stops; the same call goes on with what is there. */
  readonly signal?: AbortSignal;
  /** Lines for people: what pictures and a network turned out to be. */
  say?(line: string): void;
  /** Starts Python, PyTorch and FAISS once they are needed; `startEngine` unless given. */
  engine?(): Promise<Engine>;
}

/** What a step takes that makes a run, or goes on with it. */
export interface RunOptions extends StepOptions {
  /** Folder of all runs: what was computed is kept there, and used again. "runs" unless given. */
  readonly runs?: string;
  /** Called before the first stage. */
  onPlan?(planned: PlannedRun): void;
  /** Called with each event as it happens: stages that start and finish, and their progress. */
  onEvent?(event: RunEvent): void;
  /** Gets Python packages that only some runs need (`timm`, ...), before they are needed. Unless given, an error
   * names one that is missing, with the command that installs it. */
  install?: Install;
  /** What started the run, as its record and its report show it; this program unless given. */
  readonly command?: readonly string[];
}

/** The options with what holds where they say nothing. The engine is started once. */
export function withDefaults(
  {
    signal = new AbortController().signal,
    say = () => {},
    engine = startEngine,
    runs = "runs",
    install = () => Promise.resolve(),
    command = ["deno", "run", basename(Deno.mainModule), ...Deno.args],
    ...watch
  }: RunOptions,
): RunOptions & Required<Omit<RunOptions, "onPlan" | "onEvent">> {
  return { ...watch, signal, say, engine: once(engine), runs, install, command };
}

/** A function that starts what `start` starts when it is first called, and gives the same ever after. */
export function once<T>(start: () => Promise<T>): () => Promise<T> {
  let started: Promise<T> | undefined;
  return () => started ??= start();
}
