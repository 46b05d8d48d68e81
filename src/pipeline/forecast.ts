/** What a run was said to take, before it ran: `plans/<run>.json` beside the runs, and `plan.json` in the run's
 * folder once it has one. */
import { join } from "node:path";
import { z } from "zod";
import { readTextIfThere, writeFileAtomic } from "./files.ts";

export const forecastSchema = z.object({
  schema: z.literal(1),
  /** Id of the run. */
  run: z.string(),
  madeAt: z.iso.datetime(),
  /** Wall seconds of the run, with as many stages at once as it may. */
  seconds: z.number(),
  /** Most bytes of main memory at one moment. */
  memory: z.number(),
  /** Bytes of new artifacts. */
  disk: z.number(),
  /** What `seconds` cost, in the currency of the price; null without a price. */
  cost: z.number().nullable(),
  stages: z.array(z.object({
    node: z.string(),
    stage: z.string(),
    title: z.string(),
    /** As `--explain` has it. */
    action: z.enum(["reuse", "link", "wait", "resume", "run"]),
    /** None where it is there already; null where nothing is known of its kind. */
    seconds: z.number().nullable(),
    disk: z.number(),
    cost: z.number().nullable(),
  })),
});

/**
 * What a run was said to take.
 *
 * @internal
 */
export type Forecast = z.infer<typeof forecastSchema>;
export type PlannedStage = Forecast["stages"][number];

const folder = "plans";
/** Its name in a run's folder. */
export const forecastFile = "plan.json";

/** Keeps the latest plan of a run below `out`; returns its path. */
export async function keepForecast(out: string, forecast: Forecast): Promise<string> {
  const path = join(out, folder, `${forecast.run}.json`);
  await Deno.mkdir(join(out, folder), { recursive: true });
  await writeFileAtomic(path, formatForecast(forecast));
  return path;
}

/** The latest plan of a run; undefined where there is none, or a damaged one, which nothing stands on. */
export function findForecast(out: string, run: string): Promise<Forecast | undefined> {
  return readForecast(join(out, folder, `${run}.json`));
}

/** The plan in a file, likewise. */
export async function readForecast(path: string): Promise<Forecast | undefined> {
  const text = await readTextIfThere(path);
  if (text === undefined) return undefined;
  try {
    return forecastSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export function formatForecast(forecast: Forecast): string {
  return `${JSON.stringify(forecast, null, 2)}\n`;
}

/** A stage that was planned and has run. */
export interface StageOutcome {
  readonly node: string;
  readonly title: string;
  readonly planned: number;
  readonly took: number;
  /** How many times too much or too little, from 1 on. */
  readonly factor: number;
}

/** What became of each stage that was to run from its start. `took`: seconds by node. */
export function outcomesOf(
  { stages }: Forecast,
  took: ReadonlyMap<string, number>,
): readonly StageOutcome[] {
  return stages.flatMap(({ node, title, action, seconds: planned }) => {
    const seconds = took.get(node);
    if (action !== "run" || planned === null || seconds === undefined) return [];
    return [{ node, title, planned, took: seconds, factor: factorOf(planned, seconds) }];
  });
}

/** Of the stages that took more than `least` seconds, the one that was planned worst. */
export function worstOutcome(
  outcomes: readonly StageOutcome[],
  least = 5,
): StageOutcome | undefined {
  return outcomes.filter(({ took }) => took > least).reduce<StageOutcome | undefined>(
    (worst, one) => worst === undefined || one.factor > worst.factor ? one : worst,
    undefined,
  );
}

/** How far apart two durations are, as a factor from 1 on. */
export function factorOf(planned: number, took: number): number {
  return Math.max(planned, took) / Math.min(planned, took);
}
