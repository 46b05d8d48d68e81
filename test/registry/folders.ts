/** Run folders on the disk for the server's tests. */
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { type RunEvent, sealEvent } from "../../src/pipeline/events.ts";
import { lockFolder } from "../../src/pipeline/lock.ts";
import { formatRecord, type RunRecord } from "../../src/pipeline/record.ts";
import { renderReport } from "../../src/report/report.ts";
import { sealSummary } from "../report/summary_artifact.ts";
import { events, input, record, summary } from "../report/fixture.ts";
import { runStarted, someKey, started } from "../pipeline/events.ts";

export const lines = (values: readonly unknown[]) =>
  values.map((value) => `${JSON.stringify(value)}\n`).join("");

/** The run of the report's tests, with the node that its summary comes from. */
const served: RunRecord = {
  ...record,
  nodes: [
    ...record.nodes,
    { id: "summary", stage: "summarise", title: "Collect the scores", inputs: [], serves: [] },
  ],
};

const finished: RunEvent[] = [
  ...events.slice(0, -1),
  { t: events.at(-1)!.t, ...started("summary") },
  { t: events.at(-1)!.t, type: "finished", node: "summary", seconds: 0.1 },
  events.at(-1)!,
];

/** Seed 7's curve of an arm. */
const curveOf = (arm: string) =>
  summary.series.find((one) => one.arm === arm && one.seed === 7)!.points;

export async function write(path: string, text: string): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeTextFile(path, text);
}

export async function writeFinishedRun(out: string, id = record.id): Promise<void> {
  const dir = join(out, id);
  const report = await renderReport(input);
  await write(join(dir, "run.json"), formatRecord({ ...served, id }));
  await write(join(dir, "events.jsonl"), lines(finishedAs(id, report).map(sealEvent)));
  await sealSummary(dir, summary);
  await write(join(dir, "report.html"), report);
}

/** The events of the run `id`, which published this report. */
function finishedAs(id: string, report: string): RunEvent[] {
  const sha256 = createHash("sha256").update(report).digest("hex");
  return finished.map((event) => {
    switch (event.type) {
      case "run-started":
        return { ...event, attempt: { ...event.attempt, run: id } };
      case "run-finished":
        return { ...event, published: { "report.html": sha256 } };
      default:
        return event;
    }
  });
}

/** A process at work on a run, until disposed. */
export async function hold(out: string, id: string): Promise<Disposable> {
  return await lockFolder(join(out, id));
}

/** Seed 7 under way: Npre done, Npre 2x in epoch 12, Ncf not begun; the last line is torn. It is running
 * as long as somebody holds its lock (`hold`). */
export async function writeRunningRun(out: string, id: string, now: number): Promise<void> {
  const dir = join(out, id);
  const t = (seconds: number) => new Date(now + seconds * 1000).toISOString();
  const happened: RunEvent[] = [
    { t: t(-60), ...runStarted, attempt: { ...runStarted.attempt, run: id } },
    { t: t(-60), ...started("seed-7.npre"), key: "f".repeat(64) },
    { t: t(-40), ...started("seed-7.npre2x") },
    { t: t(-30), type: "finished", node: "seed-7.npre", seconds: 30 },
    {
      t: t(-1),
      type: "progress",
      node: "seed-7.npre2x",
      done: 117_000,
      total: 480_000,
      unit: "images",
      metrics: { loss: 1.02345 },
    },
  ];
  const createdAt = t(-60);
  await write(join(dir, "run.json"), formatRecord({ ...served, id, createdAt }));
  await write(join(dir, "events.jsonl"), `${lines(happened.map(sealEvent))}{"t":"20`);
  await write(
    join(dir, "artifacts/seed-7.npre/log.jsonl"),
    lines(curveOf("npre")),
  );
  await write(
    join(out, `objects/${someKey}.partial/log.jsonl`),
    `${lines(curveOf("npre2x").slice(0, 12))}{"epoch":13,"lo`,
  );
}
