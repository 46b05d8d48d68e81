/** Where each node of a run stands, folded from its events. */
import type { RunEvent } from "./events.ts";
import type { RunRecord } from "./record.ts";
import type { Progress } from "./stage.ts";

export interface NodeProgress {
  readonly id: string;
  readonly title: string;
  readonly state: "waiting" | "running" | "done" | "reused" | "failed";
  readonly progress?: Progress;
  /** Units per second of the present attempt. */
  readonly rate?: number;
  /** Seconds left at that rate. */
  readonly eta?: number;
  /** Seconds the node took, once done. */
  readonly seconds?: number;
  /** Why it failed. */
  readonly message?: string;
}

interface Attempt {
  /** When and where the count stood at the first report of this attempt: a resumed node starts late. */
  readonly since: number;
  readonly from: number;
}

/** Folds one event at a time; `nodes()` is the picture so far. */
export class RunProgress {
  readonly #nodes: Map<string, NodeProgress>;
  readonly #attempts = new Map<string, Attempt>();

  constructor(nodes: readonly Pick<RunRecord["nodes"][number], "id" | "title">[]) {
    this.#nodes = new Map(
      nodes.map(({ id, title }) => [id, { id, title, state: "waiting" }]),
    );
  }

  nodes(): readonly NodeProgress[] {
    return [...this.#nodes.values()];
  }

  apply(event: RunEvent): void {
    if (event.type === "run-started") {
      for (const { id, title } of this.nodes()) {
        this.#nodes.set(id, { id, title, state: "waiting" });
      }
      return;
    }
    if (!("node" in event)) return;
    const known = this.#nodes.get(event.node);
    if (!known) return;
    this.#nodes.set(event.node, this.#next(known, event));
  }

  #next(
    { id, title, progress }: NodeProgress,
    event: Extract<RunEvent, { node: string }>,
  ): NodeProgress {
    switch (event.type) {
      case "damaged":
        return { id, title, state: "waiting" };
      case "started":
        this.#attempts.delete(id);
        return { id, title, state: "running" };
      case "reused":
        return { id, title, state: "reused" };
      case "finished":
        return { id, title, state: "done", seconds: event.seconds, ...(progress && { progress }) };
      case "failed":
        return { id, title, state: "failed", message: event.message };
      case "progress":
        return { id, title, state: "running", ...this.#measure(event) };
    }
  }

  #measure(
    { node, done, total, unit, metrics, t }: Extract<RunEvent, { type: "progress" }>,
  ): Pick<NodeProgress, "progress" | "rate" | "eta"> {
    const now = Date.parse(t);
    const progress = { done, total, unit, ...(metrics && { metrics }) };
    const attempt = this.#attempts.get(node);
    if (!attempt) {
      this.#attempts.set(node, { since: now, from: done });
      return { progress };
    }
    const rate = (done - attempt.from) / ((now - attempt.since) / 1000);
    return rate > 0 && Number.isFinite(rate)
      ? { progress, rate, eta: (total - done) / rate }
      : { progress };
  }
}
