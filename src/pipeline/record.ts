/** `run.json`: what a run is, written once when it starts. */
import { z } from "zod";

export const runRecordSchema = z.object({
  schema: z.literal(1),
  id: z.string(),
  title: z.string(),
  command: z.array(z.string()),
  config: z.json(),
  seeds: z.array(z.int()),
  /** What `auto` became on the machine that started the run; kept when it goes on elsewhere. */
  resolved: z.record(z.string(), z.union([z.string(), z.number()])),
  versions: z.record(z.string(), z.string()),
  hardware: z.record(z.string(), z.union([z.string(), z.number()])),
  createdAt: z.iso.datetime(),
  nodes: z.array(z.object({
    id: z.string(),
    stage: z.string(),
    title: z.string(),
    inputs: z.array(z.string()),
  })),
});

export type RunRecord = z.infer<typeof runRecordSchema>;
