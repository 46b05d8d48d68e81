/** Events that many tests need and that say nothing of their own. */
import type { Attempt, Origin, RunEventBody } from "../../src/pipeline/events.ts";

export const attempt: Omit<Attempt, "run"> = {
  command: ["deno", "task", "clusterfit"],
  versions: { clusterfit: "0.1.0", deno: "2.9.6", python: "3.11.2", torch: "2.13.0+cpu" },
  hardware: { cpu: "Example CPU @ 2.50GHz", cores: 2, memoryGiB: 23 },
};

/** The key of no artifact. */
export const someKey = "0123456789abcdef".repeat(4);

/** A stage that begins, or goes on. */
export function started(node: string, resumed = false) {
  return { type: "started", node, key: someKey, resumed } as const satisfies RunEventBody;
}

export const origin: Origin = {
  run: "toy",
  ...attempt,
  began: "2026-11-22T14:03:11.000Z",
};

export const runStarted = { type: "run-started", attempt: { run: "toy", ...attempt } } as const;

export const runFinished = { type: "run-finished", published: {} } as const satisfies RunEventBody;
