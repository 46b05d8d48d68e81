/** `/api/experiments`: what runs are of, and what became of what was claimed before them. */
import { Hono } from "hono";
import type { z } from "zod";
import type { Registry } from "../../registry/registry.ts";
import type { RunRow } from "../../registry/run_row.ts";
import { judge } from "../../results/judge.ts";
import { answersJson } from "./describe.ts";
import { experimentsSchema } from "./schemas.ts";

type Experiment = z.infer<typeof experimentsSchema>["experiments"][number];

export function experimentRoutes(registry: Registry): Hono {
  const routes = new Hono();
  routes.get(
    "/experiments",
    answersJson(
      { operationId: "listExperiments", summary: "Experiments, their runs and their claims" },
      experimentsSchema,
      "Each that has a run, the one with the newest run first",
    ),
    async (c) => {
      await registry.refresh();
      const byName = Map.groupBy(registry.list(), ({ experiment }) => experiment);
      byName.delete(null);
      const experiments: Experiment[] = [];
      for (const [name, rows] of byName) {
        experiments.push(await experimentOf(registry, name!, rows));
      }
      return c.json({ experiments });
    },
  );
  return routes;
}

async function experimentOf(
  { runs }: Registry,
  name: string,
  rows: readonly RunRow[],
): Promise<Experiment> {
  const finished = rows.find(({ state }) => state === "finished");
  const summary = finished && (await runs.find(finished.name))?.summary;
  return {
    name,
    title: rows[0]!.title,
    runs: rows.map(({ name, scale, state, createdAt }) => ({ name, scale, state, createdAt })),
    newest: summary === undefined ? null : {
      run: finished!.name,
      claims: summary.study.claims.map((claim) => {
        const { verdict, text } = judge(claim, summary);
        return { id: claim.id, claim: claim.text, expected: claim.expected, verdict, text };
      }),
    },
  };
}
