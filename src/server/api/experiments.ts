/** `/api/experiments`: what runs are of, and what became of what was claimed before them. */
import { Hono } from "hono";
import type { z } from "zod";
import { type ExperimentRuns, experimentRuns } from "../../registry/experiments.ts";
import type { Registry } from "../../registry/registry.ts";
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
      const experiments = (await experimentRuns(registry)).map(view);
      return c.json({ experiments });
    },
  );
  return routes;
}

function view({ name, rows, newest }: ExperimentRuns): Experiment {
  return {
    name,
    title: rows[0].title,
    runs: rows.map(({ name, scale, state, createdAt }) => ({ name, scale, state, createdAt })),
    newest: newest === undefined ? null : {
      run: newest.row.name,
      claims: newest.summary.study.claims.map((claim) => {
        const { verdict, text } = judge(claim, newest.summary);
        return { id: claim.id, claim: claim.text, expected: claim.expected, verdict, text };
      }),
    },
  };
}
