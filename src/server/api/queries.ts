/** The parameters that addresses below /api take. */
import { z } from "zod";
import { since, timeNeeded, until } from "../../registry/times.ts";
import { mostRuns } from "../../report/comparison/comparison.ts";
import { runStateSchema } from "./schemas.ts";

const states = runStateSchema.options;
const stateNeeded = `needs ${states.slice(0, -1).join(", ")} or ${states.at(-1)}`;
const times =
  "a day, as 2026-11-20, or a time, of the server's clock unless it says where, or how " +
  "long ago, as 30m, 12h, 3d or 2w";
const some = z.string().max(1000, "needs 1,000 characters at most");

const limit = whole("needs a whole number from 1 to 1,000", { from: 1, to: 1000 });

export const runsQuery = z.strictObject({
  state: each(z.enum(states), stateNeeded).optional().describe(
    "One of these states; several where it stands several times",
  ),
  experiment: some.optional().describe("Name of the experiment"),
  data: some.optional().describe("A part of what its pictures are called"),
  since: time(since).optional().describe(`Begun then or later: ${times}`),
  until: time(until).optional().describe(`Begun before then, of a day until its end: ${times}`),
  q: some.optional()
    .describe(
      "Words that all stand, in any case, in its name, title, facts, command or message; key=value for a setting",
    ),
  limit: limit.default(100).describe("At most so many"),
  offset: whole("needs a whole number from 0 on", { from: 0 }).default(0)
    .describe("How many of the newest are passed over"),
});

const runsNeeded = `needs two to ${mostRuns} runs: ?run=<name>&run=<name>`;

export const compareQuery = z.strictObject({
  run: each(z.string(), runsNeeded).transform((runs) => [...new Set(runs)])
    .refine(({ length }) => length >= 2 && length <= mostRuns, runsNeeded)
    .describe(`Names of two to ${mostRuns} runs. The first is what the others are compared with`),
});

export const eventsQuery = z.strictObject({
  after: z.string().regex(/^[\da-f]{8}\.\d{1,15}$/, "needs the id of an event, such as 8f1c02aa.17")
    .optional()
    .describe(
      "Id of an event: those behind it. The first ones where the log is another one by now",
    ),
  limit: limit.default(500).describe("At most so many"),
});

/** ISO 8601, of what is typed. */
function time(read: typeof since) {
  return z.string(timeNeeded).transform((text, { addIssue }) => {
    const found = read(text);
    if (found === undefined) addIssue(timeNeeded);
    return found ?? z.NEVER;
  });
}

function whole(
  error: string,
  { from, to = Number.MAX_SAFE_INTEGER }: { from: number; to?: number },
) {
  return z.coerce.number(error).int(error).min(from, error).max(to, error);
}

/** A parameter that may stand several times. */
function each<T extends z.ZodType>(one: T, error: string) {
  return z.union([z.array(one), one.transform((value) => [value])], error);
}
