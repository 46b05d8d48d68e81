/** What there is to tell of a run as it stands. */
import { isUnderWay, type NodeStatus, type RunStatus, stagesDone } from "../pipeline/status.ts";
import type { Glance } from "../registry/followed_run.ts";
import { shellCommand } from "../report/shell.ts";
import { formatDuration } from "../report/duration.ts";
import type { Summary } from "../results/summary.ts";
import { verdict } from "../results/verdict.ts";
import type { News } from "./news.ts";

/** Something to tell as long as it holds: once. */
export interface Found {
  /** Tells it from what was told before. */
  readonly key: string;
  readonly news: News;
}

/** `summary`: of a run that published its results. `stillMinutes`: how long nothing happened, where that is
 * to be told. Nothing is found of a run that its user stopped. */
export function found(
  glance: Glance,
  { summary, stillMinutes }: { readonly summary?: Summary; readonly stillMinutes?: number },
): Found[] {
  const { state, status } = glance;
  const all: Found[] = (status?.nodes ?? []).filter(diverged).map((node) => ({
    key: `diverged ${node.id}`,
    news: news(glance, "diverged", node.message ?? "", node.title),
  }));
  if (stillMinutes !== undefined && status && isUnderWay(status)) {
    const node = status.nodes.find(({ state }) => state === "running");
    const message = `Nothing happened for ${stillMinutes} minutes, and its process is there` +
      `${node ? `, in "${node.title}"` : ""}. Look at the machine, or stop it and give its ` +
      "command again: it goes on where it was.";
    all.push({
      key: `stands-still ${status.lastEvent}`,
      news: news(glance, "stands-still", message, node?.title),
    });
  }
  const end = endOf(glance, summary);
  if (end) all.push({ key: `${state} ${status?.lastEvent ?? ""}`, news: end });
  return all;
}

/** Whether a run stands still where no event comes: not while it waits for stages that another run makes. */
export function mayStandStill({ nodes }: Pick<RunStatus, "nodes">): boolean {
  const states = new Set(nodes.map(({ state }) => state));
  return states.has("running") || !states.has("elsewhere");
}

/** What NonFiniteLoss of py/clusterfit/training.py says. */
const divergence = /^Cannot go on training: it needs (a finite loss|finite weights), found /;

function diverged({ state, message = "" }: NodeStatus): boolean {
  return state === "failed" && divergence.test(message);
}

function endOf(glance: Glance, summary: Summary | undefined): News | undefined {
  const { status, record, message = "" } = glance;
  switch (glance.state) {
    case "finished": {
      const took = `Took ${formatDuration(status?.seconds ?? 0)}.`;
      const measured = summary && summary.targets.length > 0;
      return news(glance, "finished", measured ? `${verdict(summary)} ${took}` : took);
    }
    case "failed":
      return news(glance, "failed", message);
    case "damaged":
      return news(glance, "failed", `Its folder is damaged: ${message}.`);
    case "interrupted":
      return news(
        glance,
        "interrupted",
        "Its process ended without a word: it was killed, or the machine went down. Its command goes on where " +
          `it was:${record ? ` ${shellCommand(record.command)}` : " run.json holds it."}`,
      );
    default:
      return undefined;
  }
}

function news(
  { name, record, status }: Glance,
  event: News["event"],
  message: string,
  stage?: string,
): News {
  return {
    ...{ schema: 1, event, run: record?.id ?? name, title: record?.title ?? "", message },
    stage: stage ?? null,
    stages: { done: status ? stagesDone(status) : 0, total: status?.nodes.length ?? 0 },
    seconds: status?.seconds ?? 0,
    at: status?.lastEvent ?? null,
  };
}
