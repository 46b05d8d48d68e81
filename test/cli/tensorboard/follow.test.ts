import { join } from "node:path";
import { expect } from "expect";
import { EventFolder } from "../../../src/cli/tensorboard/event_folder.ts";
import { writeEvents } from "../../../src/cli/tensorboard/follow.ts";
import { type EventFile, type EventPoint, startEventFiles } from "../../../src/engine/mod.ts";
import { type RunEvent, sealEvent } from "../../../src/pipeline/events.ts";
import type { CurvePoint } from "../../../src/results/summary.ts";
import { fakeClock } from "../../notify/fake_clock.ts";
import { someKey } from "../../pipeline/events.ts";
import { record, summary } from "../../report/fixture.ts";
import { hold, lines, writeFinishedRun, writeRunningRun } from "../../registry/folders.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { venvPython } from "../../venv_python.ts";

const { signal } = new AbortController();
const once = { follow: false, clock: fakeClock(), signal };

/** What TensorBoard's own reader finds: "<run> <tag>" -> step, value and time of each point. */
async function readBack(folder: string): Promise<Record<string, [number, number, number][]>> {
  const code = `
import json, sys
from pathlib import Path
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
root, found = Path(sys.argv[1]), {}
for file in sorted(root.rglob("events.out.tfevents.*")):
    events = EventAccumulator(str(file.parent), size_guidance={"scalars": 0}).Reload()
    for tag in events.Tags()["scalars"]:
        points = [[p.step, p.value, p.wall_time] for p in events.Scalars(tag)]
        found.setdefault(f"{file.parent.relative_to(root)} {tag}", []).extend(points)
print(json.dumps(found))`;
  return JSON.parse(await venvPython(code, folder));
}

/** Event files that only remember: path behind `to` and tag -> points. */
function remembered(to: string) {
  const files = new Map<string, EventPoint[]>();
  let opened = 0;
  const open = (folder: string): EventFile => {
    opened++;
    return {
      add(tag, points) {
        const key = `${folder.slice(to.length + 1)} ${tag}`;
        files.set(key, [...files.get(key) ?? [], ...points]);
      },
      [Symbol.dispose]() {},
    };
  };
  return { files, open, opened: () => opened };
}

async function running() {
  const folder = await temporaryFolder();
  const began = Date.parse("2026-11-26T10:00:00Z");
  await writeRunningRun(folder.path, "seven", began);
  const dir = join(folder.path, "seven");
  const log = join(folder.path, `objects/${someKey}.partial/log.jsonl`);
  const events = join(dir, "events.jsonl");
  for (const path of [log, events]) {
    await Deno.writeTextFile(path, (await Deno.readTextFile(path)).replace(/[^\n]*$/, ""));
  }
  return {
    ...folder,
    ...{
      dir,
      log,
      id: "seven",
      to: join(dir, "tensorboard"),
      hold: () => hold(folder.path, "seven"),
    },
    time: (seconds: number) => began / 1000 + seconds,
    async happen(seconds: number, epoch: number) {
      const event: RunEvent = {
        t: new Date(began + seconds * 1000).toISOString(),
        ...{ type: "progress", node: "seed-7.npre2x", done: 1000 * epoch, total: 480_000 },
        ...{ unit: "images", metrics: { epoch, loss: 1 } },
      };
      await Deno.writeTextFile(events, lines([sealEvent(event)]), { append: true });
    },
    train: (...points: CurvePoint[]) => Deno.writeTextFile(log, lines(points), { append: true }),
  };
}

Deno.test("TensorBoard reads every point of the curves as the logs have it, and the scores", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path);
  const run = { dir: join(folder.path, record.id), id: record.id };
  const to = join(run.dir, "tensorboard");
  {
    using written = await EventFolder.make(to, await startEventFiles());
    await writeEvents(run, written, once);
  }
  const found = await readBack(to);
  const tags = ["loss", "accuracy", "learning-rate"];
  expect(summary.series.length).toBeGreaterThan(3);
  for (const { arm, at, seed, points } of summary.series) {
    const place = Object.entries(at).map(([axis, value]) => `,${axis}=${value}`).join("");
    const [loss, accuracy, rate] = tags.map((tag) => {
      const curve = found[`${arm}${place}/seed-${seed} training/${tag}`] ?? [];
      return curve.map(([step, value]) => [step, value]);
    });
    const asRead = (read: (point: CurvePoint) => number) =>
      points.map((point) => [point.epoch, Math.fround(read(point))]);
    expect(loss).toEqual(asRead((point) => point.loss));
    expect(accuracy).toEqual(asRead((point) => point.accuracy!));
    expect(rate).toEqual(asRead((point) => point.learningRate));
  }
  const scores = Object.keys(found).filter((key) => key.includes(" test/"));
  const { study, targets } = summary;
  expect(scores).toHaveLength(study.arms.length * targets.length * study.seeds.length);
});

Deno.test("a run under way is written as it grows, each point once, at the time of its epoch", async () => {
  await using run = await running();
  const held = await run.hold();
  const { files, open, opened } = remembered(run.to);
  using folder = await EventFolder.make(run.to, open);
  const key = "npre2x/seed-7 training/loss";
  const sizes: number[] = [];
  const point = (epoch: number) => ({ epoch, loss: 1 / epoch, accuracy: null, learningRate: 0.1 });
  const clock = fakeClock(async (now) => {
    sizes.push(files.get(key)!.length);
    if (now === 3000) {
      await run.happen(20, 13);
      await run.train(point(13));
      await run.happen(21, 14);
    }
    if (now === 9000) {
      await run.train(point(14));
      held[Symbol.dispose]();
    }
  });
  await writeEvents(run, folder, { follow: true, clock, signal });
  expect(sizes).toEqual([12, 13, 13]);
  const points = files.get(key)!;
  expect(points.map(({ step }) => step)).toEqual(Array.from({ length: 14 }, (_, at) => at + 1));
  expect(points.slice(12)).toEqual([
    { step: 13, value: 1 / 13, time: run.time(20) },
    { step: 14, value: 1 / 14, time: run.time(21) },
  ]);
  expect(files.get("npre2x/seed-7 training/accuracy")).toHaveLength(12);
  expect(opened()).toBe(2);
});

Deno.test("where a training was begun anew, its curve is what its log says now", async () => {
  await using run = await running();
  const held = await run.hold();
  const open = await startEventFiles();
  using folder = await EventFolder.make(run.to, open);
  const clock = fakeClock(async () => {
    await Deno.writeTextFile(
      run.log,
      lines([{ epoch: 1, loss: 4, accuracy: 25, learningRate: 0.5 }]),
    );
    held[Symbol.dispose]();
  });
  await writeEvents(run, folder, { follow: true, clock, signal });
  const found = await readBack(run.to);
  expect(found["npre2x/seed-7 training/loss"]?.map(([step, value]) => [step, value]))
    .toEqual([[1, 4]]);
  expect(found["npre/seed-7 training/loss"]!.length).toBeGreaterThan(12);
});

Deno.test("event files that were there are written anew, and no other file is ever removed", async () => {
  await using run = await running();
  const { open } = remembered(run.to);
  const old = join(run.to, "ncf/seed-1");
  await Deno.mkdir(old, { recursive: true });
  await Deno.writeTextFile(join(old, "events.out.tfevents.1.host"), "");
  (await EventFolder.make(run.to, open))[Symbol.dispose]();
  expect(await Array.fromAsync(Deno.readDir(run.to))).toEqual([]);
  await Deno.mkdir(old, { recursive: true });
  await Deno.writeTextFile(join(old, "thesis.tex"), "");
  for (const place of [run.to, join(old, "thesis.tex")]) {
    await expect(EventFolder.make(place, open)).rejects.toThrow(
      /^Cannot write event files to .*: it needs a new folder, or one of event files alone, found /,
    );
  }
  expect(await Deno.readTextFile(join(old, "thesis.tex"))).toBe("");
});
