/** How far off a plan was, in a sentence or two. */
import type { RunEvent } from "../pipeline/events.ts";
import { factorOf, type Forecast, outcomesOf, worstOutcome } from "../pipeline/forecast.ts";
import { stageSeconds, wallSeconds } from "../pipeline/timing.ts";
import { formatDuration } from "./duration.ts";

/** How far off a plan was. */
export interface PlanOutcome {
  /** Wall seconds of the run. */
  readonly planned: number;
  /** Wall seconds that it took. */
  readonly took: number;
  /** How many times too much or too little, from 1 on. */
  readonly factor: number;
  /** Each stage likewise. */
  readonly stages: readonly {
    readonly node: string;
    readonly planned: number;
    readonly took: number;
    readonly factor: number;
  }[];
}

/** As `--json` prints it. */
export function planOutcome(forecast: Forecast, events: readonly RunEvent[]): PlanOutcome {
  const took = wallSeconds(events);
  return {
    ...{ planned: forecast.seconds, took, factor: factorOf(forecast.seconds, took) },
    stages: outcomesOf(forecast, stageSeconds(events)).map(({ title: _, ...outcome }) => outcome),
  };
}

/** `4 min 10 s planned, took 4 min 30 s: off by a factor of 1.1. ...` */
export function planVerdict(forecast: Forecast, events: readonly RunEvent[]): string {
  const { planned, took, factor } = planOutcome(forecast, events);
  const whole = `${formatDuration(planned)} planned, took ${formatDuration(took)}: ` +
    `off by a factor of ${factor.toFixed(1)}.`;
  const worst = worstOutcome(outcomesOf(forecast, stageSeconds(events)));
  if (!worst) return whole;
  return `${whole} Of the stages that took over 5 s the worst was "${worst.title}": ` +
    `${formatDuration(worst.planned)} planned, took ${formatDuration(worst.took)}, a factor of ` +
    `${worst.factor.toFixed(1)}.`;
}
