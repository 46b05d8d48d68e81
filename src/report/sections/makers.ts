/** Who made the stages of a run: attempts with the same versions and hardware are one maker. */
import { html } from "hono/html";
import type { Origin, RunEvent } from "../../pipeline/events.ts";
import { canonicalJson } from "../../pipeline/json.ts";
import { stageOrigins } from "../../pipeline/origins.ts";
import type { RunRecord } from "../../pipeline/record.ts";
import type { Html } from "../html.ts";
import { shellCommand } from "../shell.ts";
import { facts } from "./facts.ts";
import { utcMinute } from "../utc.ts";

export interface Maker extends Pick<Origin, "versions" | "hardware"> {
  /** A, B, ... in the order in which they began. */
  readonly name: string;
  /** The attempts, oldest first. */
  readonly attempts: readonly Origin[];
  /** Ids of the nodes that they made. */
  readonly nodes: readonly string[];
}

export function makersOf(nodes: RunRecord["nodes"], events: readonly RunEvent[]): Maker[] {
  const origins = stageOrigins(events);
  const made = nodes.flatMap(({ id }) => {
    const origin = origins.get(id);
    return origin ? [{ id, origin }] : [];
  });
  const groups = Map.groupBy(
    made.toSorted((a, b) => a.origin.began.localeCompare(b.origin.began)),
    ({ origin: { versions, hardware } }) => canonicalJson({ versions, hardware }),
  );
  return [...groups.values()].flatMap((group, at) => {
    const [first] = group;
    if (!first) return [];
    const { versions, hardware } = first.origin;
    const attempts = [...new Map(group.map(({ origin }) => [origin.began, origin])).values()];
    return [{
      name: makerName(at),
      versions,
      hardware,
      attempts,
      nodes: group.map(({ id }) => id),
    }];
  });
}

/** A, B, ... */
export function makerName(at: number): string {
  return String.fromCharCode("A".charCodeAt(0) + at);
}

/** Hardware and versions; of each maker, with when and by which command, where there are several. */
export function makersFacts(makers: readonly Maker[]): Html {
  if (makers.length === 0) {
    return html`
      <h3>Machine</h3>
      <p class="note">Unknown: the event log that told of it was lost.</p>
    `;
  }
  return html`
    ${makers.map(({ name, attempts, hardware, versions }) =>
      html`
        <h3>Machine${makers.length > 1 && ` ${name}`}</h3>
        ${makers.length > 1 && facts(attempts.map(({ began, run, command }) =>
          [
            `${utcMinute(began)} UTC`,
            `${run}: ${shellCommand(command)}`,
          ] as const
        ))} ${facts(Object.entries(hardware))}
        <h3>Versions${makers.length > 1 && ` of ${name}`}</h3>
        ${facts(Object.entries(versions))}
      `
    )}
  `;
}
