/** `events.jsonl`: what happened in a run and when. Progress is thinned; everything else is kept. */
import { z } from "zod";
import type { JsonObject } from "./json.ts";
import { seal, unseal } from "./sealed.ts";

const node = z.string();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Who does the work from a `run-started` on: recorded, never part of a key. */
export const attemptSchema = z.object({
  /** Id of the run. */
  run: z.string(),
  command: z.array(z.string()),
  versions: z.record(z.string(), z.string()),
  hardware: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** The attempt that made an artifact, and when it began. */
export const originSchema = z.object({ ...attemptSchema.shape, began: z.iso.datetime() });

/** When it happened, ISO 8601. */
const at = { t: z.iso.datetime() };

/** A line of events.jsonl. */
export const runEventSchema = z.discriminatedUnion("type", [
  z.object({ ...at, type: z.literal("run-started"), attempt: attemptSchema }),
  /** `published`: SHA-256 of each file written into the run folder from the finished artifacts. */
  z.object({ ...at, type: z.literal("run-finished"), published: z.record(z.string(), sha256) }),
  z.object({ ...at, type: z.literal("run-stopped") }),
  /** `published`: likewise, where stages failed and the others finished. */
  z.object({
    ...at,
    type: z.literal("run-failed"),
    message: z.string(),
    published: z.record(z.string(), sha256),
  }),
  /** A file of the run, of no one stage, was damaged; what was done about it. */
  z.object({ ...at, type: z.literal("run-damaged"), message: z.string() }),
  /** `key`: of the artifact that is being made. `why`: what changed, where an artifact that was there is
   * not used. */
  z.object({
    ...at,
    type: z.literal("started"),
    node,
    key: sha256,
    resumed: z.boolean(),
    why: z.string().optional(),
  }),
  /** Another run makes the artifact with this key. */
  z.object({ ...at, type: z.literal("waiting"), node, key: sha256 }),
  /** `origin`: who made it, where it is another run's. */
  z.object({ ...at, type: z.literal("reused"), node, origin: originSchema.optional() }),
  z.object({
    ...at,
    type: z.literal("progress"),
    node,
    done: z.number(),
    total: z.number(),
    unit: z.string(),
    metrics: z.record(z.string(), z.number()).optional(),
  }),
  /** `seconds` is the time of this attempt, without what an earlier, stopped attempt took. */
  z.object({ ...at, type: z.literal("finished"), node, seconds: z.number() }),
  /** What was found damaged of a stage's files, and what follows. */
  z.object({ ...at, type: z.literal("damaged"), node, message: z.string() }),
  /** The stage failed; those that do not need it go on. */
  z.object({ ...at, type: z.literal("failed"), node, message: z.string() }),
  /** The stage cannot run, because the node `needs` failed. */
  z.object({ ...at, type: z.literal("not-run"), node, needs: z.string() }),
]);

/**
 * What the schema gives.
 *
 * @internal
 */
type ParsedEvent = z.infer<typeof runEventSchema>;

/** What happened, and when (`t`). */
export type RunEvent = ParsedEvent;

/**
 * What the schema gives.
 *
 * @internal
 */
type ParsedAttempt = z.infer<typeof attemptSchema>;

/** Who works on a run. */
export type Attempt = ParsedAttempt;
export type Origin = z.infer<typeof originSchema>;

type WithoutTime<E> = E extends unknown ? Omit<E, "t"> : never;
/** An event before the log stamps it with the time. */
export type RunEventBody = WithoutTime<RunEvent>;

/** An event as a line of the log holds it. */
export function sealEvent(event: RunEvent): JsonObject {
  return seal(event);
}

/** A function that gives the event that a line of a run's log holds, to be called on the lines in turn. It
 * throws on anything else, also on the events of another run's attempts. */
export function eventReader(run: string): (value: unknown) => RunEvent {
  let ours = true;
  return (value) => {
    const event = runEventSchema.parse(unseal(value));
    if (event.type === "run-started") ours = event.attempt.run === run;
    if (!ours) throw new Error(`this is an event of another run than ${run}`);
    return event;
  };
}
