/** `run.json`: what a run is. Who worked on it, with what and when, is in its events. */
import { z } from "zod";
import { seal, unseal } from "./sealed.ts";
import { useSchema } from "./use.ts";

/** Raised when an older run.json no longer says what a reader needs. */
const schema = 2;

/** The fields of run.json. */
export const runRecordSchema = z.object({
  schema: z.literal(schema),
  id: z.string(),
  title: z.string(),
  /** The command that began it. */
  command: z.array(z.string()),
  /** What was asked for, without defaults: the same asked again is the same run. */
  asked: z.record(z.string(), z.json()),
  /** What that meant when the run began: it goes on with this, whatever the defaults are by then. */
  config: z.json(),
  /** What the run compares; read by those who show results (`studySchema` in src/results/study.ts). */
  study: z.record(z.string(), z.json()),
  /** What `auto` became on the machine that started the run; kept when it goes on elsewhere. */
  resolved: z.record(z.string(), z.union([z.string(), z.number()])),
  createdAt: z.iso.datetime(),
  nodes: z.array(z.object({
    id: z.string(),
    stage: z.string(),
    title: z.string(),
    inputs: z.array(z.string()),
    /** Whose work it is. */
    serves: z.array(useSchema),
  })),
});

/**
 * What the schema gives.
 *
 * @internal
 */
type Parsed = z.infer<typeof runRecordSchema>;

/** What run.json says of a run. */
export type RunRecord = Parsed;

/** The text of run.json. */
export function formatRecord(record: RunRecord): string {
  return `${JSON.stringify(seal(record), null, 2)}\n`;
}

/** The record in the text of a run.json. Throws an Error that says what is wrong with it. */
export function parseRecord(text: string): RunRecord {
  const value = JSON.parse(text);
  if (typeof value?.schema === "number" && value.schema !== schema) {
    throw new Error(
      `it needs schema ${schema}, found ${value.schema}, which another version of clusterfit wrote`,
    );
  }
  return runRecordSchema.parse(unseal(value));
}
