/** What is done to a run: a fault at one call that changes files. */

/** Where a call stands in a run. */
export interface Place {
  /** Node of the stage that is under way or was last, `begin` before the first. */
  readonly stage: string;
  /** What is called, and the file it is called on, without what differs from run to run: `rename:manifest.json`. */
  readonly call: string;
}

export const moments = ["before", "middle", "after"] as const;

export type Moment = (typeof moments)[number];

export const effects = ["kill", "ENOSPC", "EIO"] as const;

export type Effect = (typeof effects)[number];

export interface Fault extends Place {
  /** Which of the calls at this place of one process, from 1. */
  readonly nth: number;
  readonly moment: Moment;
  readonly effect: Effect;
}

export function describeFault({ stage, call, nth, moment, effect }: Fault): string {
  const what = effect === "kill" ? "killed" : effect;
  const where = moment === "middle" ? "in the middle of" : moment;
  return `${stage}: ${what} ${where} ${call}${nth > 1 ? ` no. ${nth}` : ""}`;
}

export const placeName = ({ stage, call }: Place): string => `${stage} ${call}`;
