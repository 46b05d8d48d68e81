/** What a fault has cost: what a process and the folder that it left are held to. */
import { canonicalJson } from "../../src/pipeline/json.ts";
import type { RunEvent } from "../../src/pipeline/events.ts";
import type { Fault } from "./faults.ts";
import type { Kept } from "./kept.ts";
import type { Ended } from "./run_child.ts";

/** Lines for people; none where nothing was lost. */
export interface Costs {
  /** What was torn, or taken for damaged. */
  readonly corrupt: string[];
  /** What was acknowledged, and is gone or was made again. */
  readonly lost: string[];
  /** Where the finished run is not the undisturbed one. */
  readonly different: string[];
  /** How else a process did not end as it has to. */
  readonly wrong: string[];
}

export const noCosts = (): Costs => ({ corrupt: [], lost: [], different: [], wrong: [] });

/** Judges one process of a run by the folder as it found it and as it left it. `last`: what the process before it
 * met. */
export function judge({ before, after, ended, last }: {
  readonly before: Kept;
  readonly after: Kept;
  readonly ended: Ended;
  readonly last: Fault | undefined;
}): Costs {
  const events = after.events.slice(before.events.length);
  return {
    corrupt: [
      ...after.torn.filter((line) => !(isTornLine(line) && tears(ended.met))),
      ...events.flatMap(damageIn).filter((line) => !(isTornLine(line) && tears(last))),
    ],
    lost: [...gone(before, after), ...madeAgain(before, events)],
    different: [],
    wrong: endedWrong(ended, after),
  };
}

function damageIn(event: RunEvent): string[] {
  return event.type === "damaged" || event.type === "run-damaged" ? [event.message] : [];
}

/** Half an event is no event: it was never acknowledged, and is told of. */
const isTornLine = (line: string) => line.includes("events.jsonl is damaged: its last line is cut");

const tears = (met: Fault | undefined) =>
  met !== undefined && met.call === "write:events.jsonl" && met.moment === "middle";

function gone(before: Kept, after: Kept): string[] {
  const lost: string[] = [];
  if (before.record !== undefined && before.record !== after.record) {
    lost.push("run.json is another one");
  }
  before.events.forEach((event, at) => {
    const now = after.events[at];
    if (!now || canonicalJson(now) !== canonicalJson(event)) {
      lost.push(`event ${at + 1} (${event.type}) is gone`);
    }
  });
  for (const [node, hash] of before.artifacts) {
    if (after.artifacts.get(node) !== hash) lost.push(`the artifact of ${node} is gone`);
  }
  for (const [key, hash] of before.objects) {
    if (after.objects.get(key) !== hash) lost.push(`the object ${key} is gone`);
  }
  return lost;
}

/** Stages that did again what was there. */
function madeAgain(before: Kept, events: readonly RunEvent[]): string[] {
  return events.flatMap((event, at) => {
    if (event.type !== "started") return [];
    if (before.objects.has(event.key)) return [`${event.node} was sealed, and made again`];
    const behind = before.begun.get(event.key);
    if (!behind) return [];
    if (!event.resumed) return [`${event.node} was begun, and began again`];
    const next = events.slice(at).find((later) =>
      later.type === "progress" && later.node === event.node
    );
    if (next?.type !== "progress") return [];
    const epoch = next.metrics?.["epoch"] ?? Infinity;
    return epoch > behind.epochs && next.done > behind.rows
      ? []
      : [`${event.node} had ${behind.epochs} epochs and ${behind.rows} rows, and went back`];
  });
}

function endedWrong({ met, how, stderr }: Ended, { temporaries }: Kept): string[] {
  if (met?.effect === "kill") return how === "SIGKILL" ? [] : [`it ended with ${how}: ${stderr}`];
  if (how === 0) return []; // what was refused was not needed
  if (met === undefined) return [`undisturbed it ended with ${how}: ${stderr}`];
  const isSentence = /^error: Cannot [^\n]*\n$/.test(stderr);
  return [
    ...(how === 2 && isSentence ? [] : [`it ended with ${how}, and said: ${stderr}`]),
    ...(met.call.startsWith("remove:") ? [] : temporaries.map((path) => `${path} was left`)),
  ];
}
