/** What a page says where there is nothing to show. */
import type { Context } from "hono";
import { mostRuns } from "../../report/comparison/comparison.ts";
import { refuse } from "../refusal.ts";

export function unknownRun(c: Context, name: string) {
  return refuse(
    c,
    404,
    `There is no run “${name}”`,
    "It may lie in another folder: start the server with --out. The list shows the runs here.",
  );
}

export function noReport(c: Context) {
  return refuse(
    c,
    404,
    "No report yet",
    "The report is written when the run finishes; its page shows how far it is.",
  );
}

export function noClusters(c: Context) {
  return refuse(
    c,
    404,
    "No clusters to look at",
    "This run draws none, or not under that name; its page shows what it does.",
  );
}

/** Of runs to be compared. */
export function wrongNumber(c: Context, found: number) {
  return refuse(
    c,
    400,
    `Two to ${mostRuns} runs can be compared`,
    `The address names ${found} of them. Tick the runs in the list.`,
  );
}
