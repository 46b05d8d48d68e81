/** Run folders on the disk for the server's tests. */
import { dirname, join } from "node:path";
import { type RunEvent, sealEvent } from "../../src/pipeline/events.ts";
import { formatRecord } from "../../src/pipeline/record.ts";
import { renderReport } from "../../src/report/report.ts";
import { sealSummary } from "../report/summary_artifact.ts";
import { events, input, record, summary } from "../report/fixture.ts";
import { runStarted } from "../pipeline/events.ts";

export const lines = (values: readonly unknown[]) =>
  values.map((value) => `${JSON.stringify(value)}\n`).join("");

/** A folder that is removed when disposed. */
export async function temporaryFolder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await Deno.makeTempDir();
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}

export async function write(path: string, text: string): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeTextFile(path, text);
}

export async function writeFinishedRun(out: string, id = record.id): Promise<void> {
  const dir = join(out, id);
  await write(join(dir, "run.json"), formatRecord({ ...record, id }));
  await write(join(dir, "events.jsonl"), lines(events.map(sealEvent)));
  await sealSummary(dir, summary);
  await write(join(dir, "report.html"), await renderReport(input));
}

/** Seed 7 under way: Npre done, Npre 2x in epoch 12, Ncf not begun; the last line is torn. */
export async function writeRunningRun(out: string, id: string, now: number): Promise<void> {
  const dir = join(out, id);
  const t = (seconds: number) => new Date(now + seconds * 1000).toISOString();
  const happened: RunEvent[] = [
    { t: t(-60), ...runStarted },
    { t: t(-60), type: "started", node: "seed-7.npre", resumed: false },
    { t: t(-40), type: "started", node: "seed-7.npre2x", resumed: false },
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
  await write(join(dir, "run.json"), formatRecord({ ...record, id, createdAt }));
  await write(join(dir, "events.jsonl"), `${lines(happened.map(sealEvent))}{"t":"20`);
  await write(
    join(dir, "artifacts/seed-7.npre/log.jsonl"),
    lines(summary.curves.npre[0]!),
  );
  await write(
    join(dir, "partial/seed-7.npre2x/log.jsonl"),
    `${lines(summary.curves.npre2x[0]!.slice(0, 12))}{"epoch":13,"lo`,
  );
}
