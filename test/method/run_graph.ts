/** Runs a graph under the recording engine, in a folder that is removed afterwards. */
import { join } from "node:path";
import type { ExperimentGraph } from "../../src/method/graph.ts";
import { runGraph } from "../../src/pipeline/runner.ts";
import { type Summary, summarySchema } from "../../src/results/summary.ts";
import { type FakeEngine, fakeEngine } from "./fake_engine.ts";

export interface Ran {
  readonly summary: Summary;
  /** Ids of the nodes that failed. */
  readonly failed: readonly string[];
}

export async function runToSummary(
  { nodes }: Pick<ExperimentGraph, "nodes">,
  engine: FakeEngine = fakeEngine(),
): Promise<Ran> {
  const out = await Deno.makeTempDir();
  try {
    const dir = join(out, "run");
    await Deno.mkdir(dir);
    const { artifacts, failures } = await runGraph({
      ...{ dir, out, nodes, workers: 1, origin, origins: new Map() },
      services: () => Promise.resolve({ engine }),
      signal: new AbortController().signal,
      onEvent() {},
    });
    const path = artifacts.get("summary")?.file("summary.json") ?? "";
    return {
      summary: summarySchema.parse(JSON.parse(await Deno.readTextFile(path))),
      failed: failures.map(({ node }) => node.id),
    };
  } finally {
    await Deno.remove(out, { recursive: true });
  }
}

const origin = {
  run: "run",
  command: ["test"],
  versions: {},
  hardware: {},
  began: "2026-01-01T00:00:00.000Z",
};
