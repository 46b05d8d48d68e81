/** A figure that an experiment asks for: which of its arms and axes play which part in it. Plain JSON; how it is
 * drawn is in `src/report/figures/`. */
import { z } from "zod";

export const figureSchema = z.object({
  /** Of `src/report/figures/list.ts`: "figure3". */
  name: z.string(),
  /** Part in the figure -> id of the arm: {"teacher": "npre"}. */
  arms: z.record(z.string(), z.string()),
  /** Part in the figure -> name of the axis. */
  axes: z.record(z.string(), z.string()),
});

/**
 * What the schema gives.
 *
 * @internal
 */
type Parsed = z.infer<typeof figureSchema>;

/** A figure to be drawn from the results. */
export type FigureRequest = Parsed;
