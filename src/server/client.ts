/** Asks a status server, from a program: what its API answers, checked by the schemas that the server is described by. */
import type { z } from "zod";
import { UserError } from "../pipeline/errors.ts";
import type { RunEvent } from "../pipeline/events.ts";
import type { JsonResult } from "../report/json_result.ts";
import { type Comparison, comparisonSchema } from "../report/comparison/comparison.ts";
import type { Summary } from "../results/summary.ts";
import { pathOf } from "./api/links.ts";
import { resultSchema } from "./api/result_schema.ts";
import {
  curvesSchema,
  type RunDetail,
  runDetailSchema,
  type RunList,
  runListSchema,
  type RunState,
} from "./api/schemas.ts";
import { Asking } from "./asking.ts";
import { followEvents } from "./follow_events.ts";

export type { Comparison, JsonResult, RunDetail, RunEvent, RunList, RunState, Summary };
export { UserError };

/** How a status server is asked. */
export interface StatusClientOptions {
  /** What the server told when it started, where it is open to other machines. */
  readonly token?: string;
  /** In the place of the global one. */
  readonly fetch?: typeof fetch;
}

/** Which runs are listed: those that all of it fits. */
export interface RunsFilter {
  /** In one of these states. */
  readonly state?: readonly RunState[];
  /** Name of the experiment. */
  readonly experiment?: string;
  /** A part of what its pictures are called. */
  readonly data?: string;
  /** A day, a time (ISO 8601), or how long ago, as `3d` or `12h`: begun then or later. */
  readonly since?: string;
  /** Likewise: begun before then, of a day (where the server runs) until its end. */
  readonly until?: string;
  /** Words that all stand, in any case, in its name, title, facts, command or message; `key=value` for a setting. */
  readonly q?: string;
  /** At most so many, 1 to 1,000; 100 by default. */
  readonly limit?: number;
  /** How many of the newest are passed over. */
  readonly offset?: number;
}

/** An event of a run, and its place in the log. */
export interface StreamedEvent {
  /** What `after` takes to go on behind it. */
  readonly id: string;
  /** What happened. */
  readonly event: RunEvent;
  /** The log was replaced by another one: what came before this event is void. */
  readonly anew: boolean;
}

/** Where a stream of events begins and how it is ended. */
export interface FollowOptions {
  /** Id of the last event that is known; all come without. */
  readonly after?: string;
  /** Ends it: the loop over the events is left as by `break`. */
  readonly signal?: AbortSignal;
}

/** A status server, as a program asks it. All of it rejects with a UserError where the server cannot be reached, wants a
 * token, has no such run, or answers what this version does not know. */
export interface StatusClient {
  /** The runs that a filter lets through, newest first; all without. */
  runs(filter?: RunsFilter): Promise<RunList>;
  /** One run as it stands: its stages, their progress (rate in units a second, times in seconds), who worked on it. */
  run(name: string): Promise<RunDetail>;
  /** Its training curves as far as they are: loss, and accuracy in percent, of each epoch. */
  curves(name: string): Promise<Summary["series"]>;
  /** What it measured, percent; a UserError until it has published that: `run(name).links.result` is null. */
  result(name: string): Promise<JsonResult>;
  /** Two to eight runs beside each other. The first is what others are compared with. */
  compare(names: readonly string[]): Promise<Comparison>;
  /** What happens in a run, each event once, in order, those from its beginning first. A connection that breaks is made
   * again and goes on where it was; the first one has to succeed. It ends where the run is removed. A run that has
   * ended may go on: leave the loop at its `run-finished`, or by `signal`. */
  events(name: string, options?: FollowOptions): AsyncIterable<StreamedEvent>;
}

/**
 * A client of the server at `url`: what `clusterfit serve`, or `--serve` on a run, tells.
 *
 * @example What runs there are, and how one ended
 * ```ts
 * import { statusClient } from "clusterfit/client";
 *
 * const server = statusClient("http://127.0.0.1:8000/");
 * const { total, runs } = await server.runs({ state: ["finished", "failed"], limit: 20 });
 * console.log(total, runs[0]?.name); // 1 mine
 * const { stagesDone, nodes } = await server.run("mine");
 * console.log(stagesDone === nodes.length); // true
 * const { targets } = await server.result("mine");
 * console.log(targets[0]?.metric); // top-1
 * for await (const { event } of server.events("mine")) {
 *   if (event.type === "run-finished") break;
 * }
 * ```
 */
export function statusClient(url: string, options: StatusClientOptions = {}): StatusClient {
  const asking = new Asking(addressOf(url), options);
  const get = <S extends z.ZodType>(schema: S, path: string) => asking.get(schema, path);
  const of = (name: string, ...rest: readonly string[]) => `/api${pathOf("runs", name, ...rest)}`;
  return {
    runs: (filter = {}) => get(runListSchema, `/api/runs${query(filter)}`),
    run: (name) => get(runDetailSchema, of(name)),
    curves: async (name) => (await get(curvesSchema, of(name, "curves"))).curves,
    result: (name) => get(resultSchema, of(name, "result")),
    compare: (names) => get(comparisonSchema, `/api/compare${query({ run: names })}`),
    events: (name, options = {}) => followEvents(asking, of(name, "stream"), options),
  };
}

function addressOf(url: string): URL {
  const address = URL.parse(url);
  if (address && /^https?:$/.test(address.protocol)) return address;
  throw new UserError(
    `Cannot ask the server ${
      JSON.stringify(url)
    }: it needs an address, such as http://127.0.0.1:8000/. ` +
      "Give the one that the server told when it started.",
  );
}

function query(parameters: object): string {
  const all = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((one) => [name, String(one)])
  );
  const text = new URLSearchParams(all).toString();
  return text === "" ? "" : `?${text}`;
}
