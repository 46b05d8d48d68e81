/** Which runs a list shows, as a condition on the table `runs`. */
import type { ListedState } from "./run_row.ts";
import { isSetting } from "./settings.ts";

/** What is left out may be anything. */
export interface RunFilter {
  /** One of these; none where it is empty. */
  readonly states?: readonly ListedState[];
  /** Name of the experiment. */
  readonly experiment?: string;
  /** A part of what its pictures are called. */
  readonly data?: string;
  /** ISO 8601: begun then or later. */
  readonly from?: string;
  /** ISO 8601: begun before then. */
  readonly to?: string;
  /** Words that all stand, in any case, in its name, title, facts, command or message. One such as `k=500` is a key of its
   * config, dotted, with its value, or one of its values. */
  readonly text?: string;
  /** How many at most, and how many of the newest are passed over. */
  readonly limit?: number;
  readonly offset?: number;
}

/** The condition, and the values that are bound to its `?`s in turn. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

export function conditionOf({ states, experiment, data, from, to, text }: RunFilter): Condition {
  const parts: Condition[] = [
    ...(states ? [{ sql: `state IN (${states.map(() => "?")})`, values: states }] : []),
    ...(experiment === undefined ? [] : [{ sql: "experiment = ?", values: [experiment] }]),
    ...(data === undefined ? [] : [holds("data", data)]),
    ...(from === undefined ? [] : [{ sql: "created_at >= ?", values: [instant(from)] }]),
    ...(to === undefined ? [] : [{ sql: "created_at < ?", values: [instant(to)] }]),
    ...(text ?? "").split(/\s+/).filter(Boolean).map((word) => holdsWord(word.toLowerCase())),
  ];
  return {
    sql: parts.map(({ sql }) => sql).join(" AND ") || "TRUE",
    values: parts.flatMap(({ values }) => values),
  };
}

/** A setting as a whole: `k=50` is not that of `k=500`. */
function holdsWord(word: string): Condition {
  return isSetting(word) ? holds("settings", `\n${word}\n`) : holds("search", word);
}

/** `instr`, not `LIKE`: no character of a word means anything. */
function holds(column: string, word: string): Condition {
  return { sql: `instr(${column}, ?) > 0`, values: [word] };
}

/** As the table spells it. */
function instant(time: string): string {
  return new Date(time).toISOString();
}
