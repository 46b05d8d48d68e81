/** What is kept of an experiment that was run, also when its folder is gone: every score, and where they came from.
 * Its results page is drawn from it alone. */
import { z } from "zod";
import { UserError } from "../pipeline/errors.ts";
import { readTextIfThere } from "../pipeline/files.ts";
import { wallSeconds } from "../pipeline/timing.ts";
import { summarySchema } from "../results/summary.ts";
import type { ReportInput } from "./input.ts";
import { makersOf } from "./sections/makers.ts";
import { withoutOutput } from "./shell.ts";

const factsSchema = z.record(z.string(), z.union([z.string(), z.number()]));

const schema = z.object({
  schema: z.literal(1),
  /** SHA-256 of what was compared with what (`src/cli/experiment_key.ts`). */
  key: z.string(),
  config: z.record(z.string(), z.json()),
  run: z.object({
    id: z.string(),
    began: z.iso.datetime(),
    /** Wall seconds of all attempts together. */
    seconds: z.number(),
    command: z.array(z.string()),
    /** What `auto` became. */
    resolved: factsSchema,
    /** Who made its stages, the first one first. */
    makers: z.array(z.object({ hardware: factsSchema, versions: factsSchema })),
  }),
  /** Without training curves, sizes of clusters and pictures of them. */
  summary: summarySchema,
});

export type Reproduction = z.infer<typeof schema>;

/** `key`: of what was compared. */
export function reproductionOf(
  { record, summary, events }: Pick<ReportInput, "record" | "summary" | "events">,
  key: string,
): Reproduction {
  const { id, createdAt, command, config, resolved, nodes } = record;
  return {
    schema: 1,
    key,
    config: z.record(z.string(), z.json()).parse(config),
    run: {
      id,
      began: createdAt,
      seconds: wallSeconds(events),
      command: withoutOutput(command),
      resolved: factsSchema.parse(resolved),
      makers: makersOf(nodes, events).map(({ hardware, versions }) => ({ hardware, versions })),
    },
    summary: {
      ...summary,
      series: [],
      clusterings: summary.clusterings.map((one) => ({ ...one, sizes: [], sheet: null })),
    },
  };
}

/** The text of its file. */
export function formatReproduction(reproduction: Reproduction): string {
  return `${JSON.stringify(reproduction, null, 1)}\n`;
}

/** What is kept in a file; undefined where there is none. Rejects with a UserError where it cannot be read. */
export async function readReproduction(path: string): Promise<Reproduction | undefined> {
  const text = await readTextIfThere(path);
  if (text === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new UserError(
      `Cannot read ${path}: it needs the numbers of an experiment as --page writes them, found other content. ` +
        "Restore it, or remove it: the experiment then runs again.",
      { cause: error },
    );
  }
}
