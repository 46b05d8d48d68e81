/** Whose work a node does: recorded in `run.json` for whoever reads a run, never part of a key. */
import { z } from "zod";

export const useSchema = z.object({
  /** Id of the compared network. */
  arm: z.string(),
  seed: z.int(),
  /** Axis of the experiment -> value. */
  at: z.record(z.string(), z.union([z.number(), z.string()])),
});

/**
 * One arm at one seed and one point. A node that several of them share has several.
 *
 * @internal
 */
export interface Use {
  readonly arm: string;
  readonly seed: number;
  readonly at: Readonly<Record<string, number | string>>;
}
