/** Runs as the API answers them. */
import type { z } from "zod";
import type { NodeStatus } from "../../pipeline/status.ts";
import type { RunRecord } from "../../pipeline/record.ts";
import type { Snapshot } from "../../registry/followed_run.ts";
import type { RunArtifact } from "../../registry/run_artifacts.ts";
import { rowOf } from "../../registry/run_row.ts";
import { pathOf } from "./links.ts";
import type { artifactsSchema, listedRunSchema, runDetailSchema, stageSchema } from "./schemas.ts";

export function runDetail(snapshot: Snapshot): z.infer<typeof runDetailSchema> {
  const { name, record, status, study, attempts, summary, hasReport } = snapshot;
  const api = (...rest: string[]) => `/api${pathOf("runs", name, ...rest)}`;
  return {
    ...(rowOf(snapshot) as z.infer<typeof listedRunSchema>),
    asked: record?.asked ?? null,
    config: record?.config ?? null,
    resolved: record?.resolved ?? null,
    study: study ?? null,
    attempts: [...attempts],
    nodes: status?.nodes.map((node, at) => stageView(node, record!.nodes[at]!)) ?? [],
    links: {
      page: pathOf("runs", name),
      events: api("events"),
      stream: api("stream"),
      curves: api("curves"),
      artifacts: api("artifacts"),
      result: summary ? api("result") : null,
      report: hasReport ? pathOf("runs", name, "report") : null,
    },
  };
}

function stageView(
  { id, stage, title, state, ...at }: NodeStatus,
  { inputs, serves }: RunRecord["nodes"][number],
): z.infer<typeof stageSchema> {
  return {
    ...{ id, stage, title, inputs, serves, state },
    done: at.done ?? null,
    total: at.total ?? null,
    unit: at.unit ?? null,
    rate: at.rate ?? null,
    eta: at.eta ?? null,
    metrics: at.metrics ?? {},
    seconds: at.seconds ?? null,
    message: at.message ?? null,
  };
}

export function artifactView(
  run: string,
  { node, manifest }: RunArtifact,
): z.infer<typeof artifactsSchema>["artifacts"][number] {
  const { stage, kind, key } = manifest;
  const files = Object.entries(manifest.files).map(([name, { bytes, sha256 }]) => ({
    ...{ name, bytes, sha256 },
    href: `/api${pathOf("runs", run, "artifacts", node, name)}`,
  }));
  return { node, stage, kind, key, files };
}
