import process from "node:process";
import { Writable } from "node:stream";
import { expect } from "expect";
import { createReporter } from "../../src/cli/reporter.ts";
import type { RunEvent } from "../../src/pipeline/events.ts";
import { someKey, started } from "../pipeline/events.ts";

const nodes = [{ id: "a", stage: "train", title: "Train" }];
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString();

/** The plain lines that a reporter writes for `events`. */
function linesFor(events: readonly RunEvent[]): string[] {
  const lines: string[] = [];
  const output = {
    stream: process.stderr,
    live: false,
    line: (text: string) => void lines.push(text),
    result: () => {},
  };
  using reporter = createReporter(nodes, output);
  for (const event of events) reporter.onEvent(event);
  return lines;
}

const progress = (seconds: number, done: number): RunEvent => ({
  t: at(seconds),
  type: "progress",
  node: "a",
  done,
  total: 100,
  unit: "images",
});

Deno.test("without a terminal a stage has a line at its start, one every ten seconds, and one at its end", () => {
  expect(linesFor([
    { t: at(0), ...started("a") },
    progress(1, 10),
    progress(5, 30),
    progress(11, 60),
    progress(12, 70),
    { t: at(16), type: "finished", node: "a", seconds: 16 },
  ])).toEqual([
    "Train: started",
    "  Train:  60%  8.0 s left  5.5 images/s",
    "Train: 16 s",
  ]);
});

Deno.test("a stage that goes on, is there already or was damaged says so", () => {
  expect(linesFor([{ t: at(0), ...started("a", true) }]))
    .toEqual(["Train: going on where it stopped"]);
  expect(linesFor([{ t: at(0), type: "reused", node: "a" }])).toEqual(["Train: already there"]);
  expect(linesFor([{ t: at(0), type: "damaged", node: "a", message: "x is damaged: made again" }]))
    .toEqual(["Train: x is damaged: made again"]);
  expect(linesFor([{ t: at(0), type: "run-damaged", message: "events.jsonl is damaged" }]))
    .toEqual(["events.jsonl is damaged"]);
  expect(linesFor([{ t: at(0), ...started("a"), why: "k changed" }]))
    .toEqual(["Train: started, because k changed"]);
});

Deno.test("on a terminal, too, a damaged file has a line of its own, and so has a note", () => {
  const lines: string[] = [];
  const stream = new Writable({ write: (_chunk, _encoding, done) => done() });
  const output = {
    stream: Object.assign(stream, { columns: 80, rows: 24 }) as unknown as NodeJS.WriteStream,
    live: true,
    line: (text: string) => void lines.push(text),
    result: () => {},
  };
  using reporter = createReporter(nodes, output);
  reporter.onEvent({ t: at(0), type: "damaged", node: "a", message: "x is damaged: made again" });
  reporter.onEvent({ t: at(0), type: "run-damaged", message: "events.jsonl is damaged" });
  reporter.note("Watch it at http://127.0.0.1:8000/");
  const told = ["Train: x is damaged: made again", "events.jsonl is damaged"];
  expect(lines).toEqual([...told, "Watch it at http://127.0.0.1:8000/"]);
});

/** Ends once `condition` holds. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

Deno.test("a terminal that is gone is told by the next event, not by the timer that draws", async () => {
  const gone = new Error("Input/output error");
  let drawn = 0;
  const stream = Object.create(process.stderr, {
    ...{ columns: { value: 80 }, rows: { value: 24 } },
    write: {
      value() {
        drawn++;
        throw gone;
      },
    },
  });
  const output = { stream, live: true, line: () => {}, result: () => {} };
  const reporter = createReporter(nodes, output);
  await until(() => drawn > 0);
  expect(() => reporter.onEvent({ t: at(0), type: "reused", node: "a" })).toThrow(gone);
  expect(() => reporter[Symbol.dispose]()).not.toThrow();
});

Deno.test("without a terminal a stage that fails, is not run or is left to another run is a line", () => {
  expect(linesFor([{ t: at(0), type: "failed", node: "a", message: "It diverged.\nat step 3" }]))
    .toEqual(["Train: failed: It diverged."]);
  expect(linesFor([{ t: at(0), type: "not-run", node: "a", needs: "a" }]))
    .toEqual(["Train: not run: needs Train"]);
  expect(linesFor([{ t: at(0), type: "waiting", node: "a", key: someKey }]))
    .toEqual(["Train: another run makes it"]);
});
