/** Shows a run as it goes: redrawn on a terminal, plain lines elsewhere. */
import { createLogUpdate } from "log-update";
import type { RunEvent } from "../pipeline/events.ts";
import { RunTracker } from "../pipeline/status.ts";
import type { RunRecord } from "../pipeline/record.ts";
import { describe, describeProgress, renderFrame } from "./live_view.ts";
import type { Output } from "./output.ts";

export interface Reporter extends Disposable {
  onEvent(event: RunEvent): void;
  /** A line that stays. */
  note(text: string): void;
  /** Draws the last frame and leaves it on the screen. */
  close(): void;
}

type Listed = Pick<RunRecord["nodes"][number], "id" | "stage" | "title">;

/** Seconds between two plain lines about the same stage. */
const plainInterval = 10;

export function createReporter(nodes: readonly Listed[], output: Output): Reporter {
  return output.live ? liveReporter(nodes, output) : plainReporter(nodes, output);
}

function liveReporter(nodes: readonly Listed[], output: Output): Reporter {
  const tracker = new RunTracker(nodes);
  const update = createLogUpdate(output.stream, { showCursor: true });
  let tick = 0;
  const draw = () => {
    // a terminal that does not know its size says 0
    const [columns, rows] = [output.stream.columns || 80, output.stream.rows || 24];
    update(renderFrame(tracker.status().nodes, { columns, rows, tick: tick++ }).join("\n"));
  };
  let failure: { readonly error: unknown } | undefined;
  // Nobody could catch what a timer throws: the next event does.
  const timer = setInterval(() => {
    try {
      draw();
    } catch (error) {
      failure ??= { error };
      clearInterval(timer);
    }
  }, 100);
  let open = true;
  const note = (text: string) => {
    if (!open) return output.line(text);
    update.clear(); // the frame is drawn again below it
    output.line(text);
    draw();
  };
  const close = () => {
    if (!open) return;
    open = false;
    clearInterval(timer);
    draw();
    update.done();
  };
  return {
    onEvent(event) {
      if (failure) throw failure.error;
      tracker.take(event);
      const damage = describeDamage(event, nodes);
      if (damage !== undefined && open) note(damage);
    },
    note,
    close,
    [Symbol.dispose]() {
      try {
        close();
      } catch {
        // what ended the run is to be told, not that its last frame could not be drawn
      }
    },
  };
}

/** What is said of a damaged file, and of whose. */
function describeDamage(event: RunEvent, nodes: readonly Listed[]): string | undefined {
  if (event.type === "run-damaged") return event.message;
  if (event.type !== "damaged") return undefined;
  return `${nodes.find(({ id }) => id === event.node)?.title ?? event.node}: ${event.message}`;
}

function plainReporter(nodes: readonly Listed[], output: Output): Reporter {
  const tracker = new RunTracker(nodes);
  const lastLine = new Map<string, number>();
  return {
    onEvent(event) {
      tracker.take(event);
      const damage = describeDamage(event, nodes);
      if (damage !== undefined) return output.line(damage);
      if (!("node" in event)) return;
      const node = tracker.status().nodes.find(({ id }) => id === event.node);
      if (!node) return;
      if (event.type === "progress") {
        const now = Date.parse(event.t);
        const last = lastLine.get(node.id);
        if (last === undefined) lastLine.set(node.id, now);
        if (last === undefined || now - last < plainInterval * 1000) return;
        lastLine.set(node.id, now);
        output.line(`  ${node.title}: ${describeProgress(node)}`);
      } else if (event.type === "started") {
        const how = event.resumed ? "going on where it stopped" : "started";
        output.line(
          `${node.title}: ${how}${event.why === undefined ? "" : `, because ${event.why}`}`,
        );
      } else {
        output.line(`${node.title}: ${describe(node)}`);
      }
    },
    note: output.line,
    close() {},
    [Symbol.dispose]() {},
  };
}
