/** Where a run stands, folded from its record and events. */
import type { RunEvent } from "./events.ts";
import type { RunRecord } from "./record.ts";
import { StageClock, WallClock } from "./timing.ts";

/** `interrupted`: it was at work and its process ended without a word, killed or by a power cut. */
export type RunState = "waiting" | "running" | "finished" | "stopped" | "failed" | "interrupted";
/** `elsewhere`: another run makes it. `not-run`: a stage that it needs failed. */
export type NodeState = RunState | "reused" | "elsewhere" | "not-run";

export interface NodeStatus {
  readonly id: string;
  readonly stage: string;
  readonly title: string;
  readonly state: NodeState;
  readonly done?: number;
  readonly total?: number;
  readonly unit?: string;
  /** Units a second over this attempt. */
  readonly rate?: number;
  /** Seconds to go at that rate, as of the last progress. */
  readonly eta?: number;
  readonly metrics?: Readonly<Record<string, number>>;
  /** Of all attempts together, once it is finished. */
  readonly seconds?: number;
  readonly message?: string;
}

export interface RunStatus {
  readonly state: RunState;
  readonly message?: string;
  /** Seconds a process was at work, up to the last event. */
  readonly seconds: number;
  /** ISO time of the last event. */
  readonly lastEvent?: string;
  readonly nodes: readonly NodeStatus[];
}

/** Folds the events of a run one at a time: for whoever watches it live. */
export class RunTracker {
  readonly #nodes: readonly TrackedNode[];
  readonly #clock = new WallClock();
  readonly #stages = new StageClock();
  #run: Pick<RunStatus, "state" | "message"> = { state: "waiting" };
  #lastEvent?: string;

  constructor(nodes: readonly NodeName[]) {
    this.#nodes = nodes.map(({ id, stage, title }) => ({
      name: { id, stage, title },
      tracker: new NodeTracker(),
    }));
  }

  take(event: RunEvent): void {
    this.#clock.take(event);
    this.#stages.take(event);
    this.#lastEvent = event.t;
    if ("node" in event) {
      const seconds = this.#stages.seconds.get(event.node) ?? 0;
      const node = this.#find(event.node);
      if (event.type === "not-run") {
        node?.tracker.giveUp(`needs ${this.#find(event.needs)?.name.title ?? event.needs}`);
      } else {
        node?.tracker.take(event, seconds);
      }
      return;
    }
    if (event.type === "run-damaged") return;
    this.#run = afterRunEvent(event);
    for (const { tracker } of this.#nodes) tracker.takeRun(this.#run.state);
  }

  #find(id: string): TrackedNode | undefined {
    return this.#nodes.find(({ name }) => name.id === id);
  }

  status(): RunStatus {
    return {
      ...this.#run,
      seconds: this.#clock.seconds,
      ...(this.#lastEvent && { lastEvent: this.#lastEvent }),
      nodes: this.#nodes.map(({ name, tracker }) => ({ ...name, ...tracker.status })),
    };
  }
}

/** The status of a run whose lock is `held`, or not: its log alone cannot tell a run that is busy from
 * one that was killed. */
export function withLock(status: RunStatus, held: boolean): RunStatus {
  if (held || !isUnderWay(status)) return status;
  return {
    ...status,
    state: "interrupted",
    nodes: status.nodes.map((node) => isAtWork(node) ? left(node, "interrupted") : node),
  };
}

/** Whether its log ends in the middle of a run, or before it. */
export function isUnderWay({ state }: Pick<RunStatus, "state">): boolean {
  return state === "running" || state === "waiting";
}

/** Stages whose artifact is there. */
export function stagesDone({ nodes }: Pick<RunStatus, "nodes">): number {
  return nodes.filter(isDone).length;
}

/** Whether its artifact is there. */
export function isDone({ state }: Pick<NodeStatus, "state">): boolean {
  return state === "finished" || state === "reused";
}

type NodeName = Pick<RunRecord["nodes"][number], "id" | "stage" | "title">;

interface TrackedNode {
  readonly name: NodeName;
  readonly tracker: NodeTracker;
}

type NodeEvent = Exclude<Extract<RunEvent, { node: string }>, { type: "not-run" }>;
type Tracked = Omit<NodeStatus, "id" | "stage" | "title">;
type RunOnlyEvent = Exclude<RunEvent, { node: string } | { type: "run-damaged" }>;

function afterRunEvent(event: RunOnlyEvent): Pick<RunStatus, "state" | "message"> {
  switch (event.type) {
    case "run-started":
      return { state: "running" };
    case "run-finished":
      return { state: "finished" };
    case "run-stopped":
      return { state: "stopped" };
    case "run-failed":
      return { state: "failed", message: event.message };
  }
}

/** One node's status as its events pass by. */
class NodeTracker {
  status: Tracked = { state: "waiting" };
  /** Where the rate is measured from. */
  #since?: { readonly t: number; readonly done: number };

  /** `seconds`: of all attempts at this node so far. */
  take(event: NodeEvent, seconds: number): void {
    switch (event.type) {
      case "started":
        this.status = { state: "running" };
        this.#since = event.resumed ? undefined : { t: Date.parse(event.t), done: 0 };
        return;
      case "progress":
        return this.#progress(event);
      case "waiting":
        this.status = { state: "elsewhere" };
        return;
      case "reused":
        this.status = { ...this.status, state: "reused" };
        return;
      case "finished":
        this.status = { ...ended(this.status), state: "finished", seconds };
        return;
      case "damaged":
        this.status = this.status.state === "running"
          ? { ...this.status, message: event.message }
          : { state: "waiting", message: event.message };
        return;
      case "failed":
        this.status = { ...ended(this.status), state: "failed", message: event.message };
        return;
    }
  }

  /** A stage that it needs failed. */
  giveUp(message: string): void {
    this.status = { state: "not-run", message };
  }

  /** A run that ends or begins anew leaves no stage running; one that begins tries anew what failed. */
  takeRun(state: RunState): void {
    if (state === "running") {
      if (unsettled.has(this.status.state)) this.status = { state: "waiting" };
    } else if (isAtWork(this.status)) {
      this.status = left(this.status, "stopped");
    }
  }

  #progress({ t, done, total, unit, metrics }: Extract<NodeEvent, { type: "progress" }>): void {
    const now = Date.parse(t);
    const { unit: unitBefore = unit, done: doneBefore = 0 } = this.status;
    if (unit !== unitBefore || done < doneBefore) this.#since = undefined;
    this.#since ??= { t: now, done };
    const seconds = (now - this.#since.t) / 1000;
    const rate = seconds > 0 ? (done - this.#since.done) / seconds : 0;
    this.status = {
      state: "running",
      done,
      total,
      unit,
      ...(rate > 0 && { rate, eta: Math.max(0, total - done) / rate }),
      ...(metrics && { metrics }),
    };
  }
}

function ended<T extends Tracked>({ eta: _, ...status }: T): Omit<T, "eta"> {
  return status;
}

/** What a run that begins anew does not know any more. */
const unsettled: ReadonlySet<NodeState> = new Set(["running", "elsewhere", "failed", "not-run"]);

function isAtWork({ state }: Tracked): boolean {
  return state === "running" || state === "elsewhere";
}

/** A stage that was at work when its run ended. */
function left<T extends Tracked>(node: T, state: "stopped" | "interrupted"): T {
  return { ...ended(node), state: node.state === "running" ? state : "waiting" } as T;
}
