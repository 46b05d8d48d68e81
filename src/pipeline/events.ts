/** `events.jsonl`: what happened in a run and when. Progress is thinned; everything else is kept. */
import { z } from "zod";

const node = z.string();

export const runEventSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("run-started") }),
  z.object({ type: z.literal("run-finished") }),
  z.object({ type: z.literal("run-stopped") }),
  z.object({ type: z.literal("run-failed"), message: z.string() }),
  z.object({ type: z.literal("started"), node, resumed: z.boolean() }),
  z.object({ type: z.literal("reused"), node }),
  z.object({
    type: z.literal("progress"),
    node,
    done: z.number(),
    total: z.number(),
    unit: z.string(),
    metrics: z.record(z.string(), z.number()).optional(),
  }),
  /** `seconds` is the time of this attempt, without what an earlier, stopped attempt took. */
  z.object({ type: z.literal("finished"), node, seconds: z.number() }),
  z.object({ type: z.literal("damaged"), node, message: z.string() }),
  z.object({ type: z.literal("failed"), node, message: z.string() }),
]).and(z.object({ t: z.iso.datetime() }));

export type RunEvent = z.infer<typeof runEventSchema>;

type WithoutTime<E> = E extends unknown ? Omit<E, "t"> : never;
/** An event before the log stamps it with the time. */
export type RunEventBody = WithoutTime<RunEvent>;
