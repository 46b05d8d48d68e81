/** Learning rates, one per step. A schedule is a pure function of the share of the training that lies behind, so a
 * longer training stretches it and does not repeat it, as Npre 2x needs (paper, section 4). */
import { z } from "zod";
import { UserError } from "../pipeline/errors.ts";

/** How the learning rate falls; a type, not an interface: configs are JSON. */
export type Schedule =
  /** Half a cosine, from the peak down to zero. */
  | "cosine"
  /** Halved 13 times, at equal distances (Mahajan et al., ECCV 2018, whose schedule the paper takes over). */
  | "halving"
  /** Divided by `divideBy` at these shares of the training, from 0 to 1, in rising order. */
  | { readonly divideBy: number; readonly at: readonly number[] };

/** A schedule as its user sets it. */
export const scheduleSchema = z.union([
  z.enum(["cosine", "halving"]),
  z.strictObject({
    /** Epochs after which the learning rate is divided, of the `epochs` of the config. */
    after: z.array(z.int().positive()).min(1).refine(
      (epochs) => epochs.every((epoch, at) => at === 0 || epoch > epochs[at - 1]!),
      "it needs epochs in rising order",
    ),
    divideBy: z.number().min(1).default(10),
  }),
]);

/** What the user set as shares of the training, or a UserError where that ends before the last of them. */
export function scheduleOf(asked: z.infer<typeof scheduleSchema>, epochs: number): Schedule {
  if (typeof asked === "string") return asked;
  const { after, divideBy } = asked;
  const last = after.at(-1)!;
  if (last < epochs) return { divideBy, at: after.map((epoch) => epoch / epochs) };
  throw new UserError(
    `Cannot divide the learning rate after epoch ${last}: it needs fewer than the ${epochs} epochs of the ` +
      `training, found ${JSON.stringify(after)}. Change training.schedule or --epochs.`,
  );
}

export interface Course {
  readonly schedule: Schedule;
  readonly peak: number;
  /** The rate rises to its full size over so many steps, in even ones. */
  readonly warmupSteps: number;
  readonly totalSteps: number;
}

const halvings = 13;

/** The learning rate of a step, from 0. */
export function learningRateAt(course: Course, step: number): number {
  const { schedule, peak, warmupSteps, totalSteps } = course;
  if (schedule === "cosine") return cosineWithWarmup(course, step);
  const warmup = Math.min(1, (step + 1) / Math.max(1, Math.min(warmupSteps, totalSteps)));
  const passed = (shares: readonly number[]) =>
    shares.filter((share) => step >= Math.round(share * totalSteps)).length;
  const divisor = schedule === "halving"
    ? 2 ** passed(Array.from({ length: halvings }, (_, at) => (at + 1) / (halvings + 1)))
    : schedule.divideBy ** passed(schedule.at);
  return peak * warmup / divisor;
}

/** Linear warm-up to `peak` over `warmupSteps`, then half a cosine down to zero at `totalSteps`. */
export function cosineWithWarmup(course: Omit<Course, "schedule">, step: number): number {
  const { peak, totalSteps } = course;
  const warmup = Math.min(course.warmupSteps, totalSteps);
  if (step < warmup) return peak * (step + 1) / warmup;
  const position = (step - warmup) / Math.max(1, totalSteps - warmup);
  return peak * 0.5 * (1 + Math.cos(Math.PI * position));
}
