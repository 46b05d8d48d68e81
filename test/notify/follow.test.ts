import { join } from "node:path";
import { expect } from "expect";
import { type RunEvent, sealEvent } from "../../src/pipeline/events.ts";
import { followAndTell } from "../../src/notify/follow.ts";
import type { Outcome } from "../../src/notify/deliver.ts";
import type { News } from "../../src/notify/news.ts";
import { attempt } from "../pipeline/events.ts";
import { hold, lines, writeFinishedRun, writeRunningRun } from "../registry/folders.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { type FakeClock, fakeClock } from "./fake_clock.ts";

const id = "seven";
const began = Date.parse("2026-11-26T10:00:00Z");
const at = (seconds: number) => new Date(began + seconds * 1000).toISOString();

/** A way that keeps what it is told. `answer` may refuse. */
function listener(answer: (news: News) => Outcome = () => ({ is: "told" })) {
  const heard: News[] = [];
  const tell = (news: News) => {
    const outcome = answer(news);
    if (outcome.is === "told") heard.push(news);
    return Promise.resolve(outcome);
  };
  return { name: "json", tell, heard, events: () => heard.map(({ event }) => event) };
}

async function running() {
  const folder = await temporaryFolder();
  await writeRunningRun(folder.path, id, began);
  const dir = join(folder.path, id);
  const log = join(dir, "events.jsonl");
  // what a torn line is followed by is lost with it
  const whole = (await Deno.readTextFile(log)).replace(/[^\n]*$/, "");
  await Deno.writeTextFile(log, whole);
  return {
    ...folder,
    dir,
    hold: () => hold(folder.path, id),
    happen: (...events: RunEvent[]) =>
      Deno.writeTextFile(log, lines(events.map(sealEvent)), { append: true }),
  };
}

const failed: RunEvent = {
  ...{ t: at(10), type: "run-failed", message: '1 of 9 stages failed, "Train": no', published: {} },
};

function follow(
  dir: string,
  way: ReturnType<typeof listener>,
  { clock = fakeClock(), said = [], stillMinutes = 10 }: {
    readonly clock?: FakeClock;
    readonly said?: string[];
    readonly stillMinutes?: number;
  } = {},
) {
  const { signal } = new AbortController();
  const say = (line: string) => void said.push(line);
  return followAndTell({ dir, way, stillMinutes, clock, signal, say });
}

Deno.test("a run that finished is told with what came of it", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path);
  const [dir] = await Array.fromAsync(Deno.readDir(folder.path));
  const way = listener();
  expect(await follow(join(folder.path, dir!.name), way)).toBe(0);
  expect(way.events()).toEqual(["finished"]);
  expect(way.heard[0]!.message).toMatch(/beats .* Took /);
  expect(way.heard[0]).toMatchObject({ run: dir!.name, stage: null });
});

Deno.test("a run that fails is told while it is followed, with its reason", async () => {
  await using run = await running();
  const held = await run.hold();
  const way = listener();
  const clock = fakeClock(async (now) => {
    if (now !== 6000) return;
    expect(way.heard).toEqual([]);
    await run.happen(failed);
    held[Symbol.dispose]();
  });
  expect(await follow(run.dir, way, { clock })).toBe(0);
  expect(way.heard).toMatchObject([{ event: "failed", message: failed.message, at: at(10) }]);
});

Deno.test("a process that ends without a word is told", async () => {
  await using run = await running();
  const held = await run.hold();
  const way = listener();
  const clock = fakeClock((now) => now === 4000 && held[Symbol.dispose]());
  await follow(run.dir, way, { clock });
  expect(way.events()).toEqual(["interrupted"]);
  expect(way.heard[0]!.message).toMatch(
    /goes on where it was: deno task clusterfit --seeds 7,8,9 --set 'title=a b'$/,
  );
});

Deno.test("nothing is told of a run that its user stopped", async () => {
  await using run = await running();
  await run.happen({ t: at(9), type: "run-stopped" });
  const way = listener();
  await follow(run.dir, way);
  expect(way.heard).toEqual([]);
});

Deno.test("a training that diverges is told at once, with its stage, and the failed run later", async () => {
  await using run = await running();
  const held = await run.hold();
  const source = await Deno.readTextFile(
    new URL("../../py/clusterfit/training.py", import.meta.url),
  );
  for (const found of ["a finite loss", "finite weights"]) expect(source).toContain(`"${found}"`);
  expect(source).toContain("Cannot go on training: it needs {needed}, found ");
  const message = "Cannot go on training: it needs a finite loss, found nan after step 12.";
  await run.happen({ t: at(3), type: "failed", node: "seed-7.npre2x", message });
  const way = listener();
  const clock = fakeClock(async (now) => {
    if (now === 2000) expect(way.events()).toEqual(["diverged"]);
    if (now === 4000) {
      await run.happen(failed);
      held[Symbol.dispose]();
    }
  });
  await follow(run.dir, way, { clock });
  expect(way.events()).toEqual(["diverged", "failed"]);
  expect(way.heard[0]).toMatchObject({ message, stage: expect.stringContaining("Npre 2x") });
});

Deno.test("a stage that fails otherwise did not diverge", async () => {
  await using run = await running();
  const message = "Cannot open it: found a finite loss of patience";
  await run.happen({ t: at(3), type: "failed", node: "seed-7.npre2x", message }, failed);
  const way = listener();
  await follow(run.dir, way);
  expect(way.events()).toEqual(["failed"]);
});

Deno.test("a run in which nothing happens is told once, and once more after it moved", async () => {
  await using run = await running();
  const held = await run.hold();
  const way = listener();
  const minutes = (count: number) => count * 60_000;
  const heard: Record<number, number> = {};
  const clock = fakeClock(async (now) => {
    heard[now] = way.heard.length;
    if (now === minutes(30)) {
      const metrics = { epoch: 2, loss: 1 };
      const progress = { done: 200_000, total: 480_000, unit: "images", metrics };
      await run.happen({ t: at(1800), type: "progress", node: "seed-7.npre2x", ...progress });
    }
    if (now === minutes(50)) held[Symbol.dispose]();
  });
  await follow(run.dir, way, { clock });
  expect([9.9, 10.1, 29, 39.9, 41].map((count) => heard[minutes(count)])).toEqual([0, 1, 1, 1, 2]);
  expect(way.events()).toEqual(["stands-still", "stands-still", "interrupted"]);
  expect(way.heard[0]!.message).toMatch(/^Nothing happened for 10 minutes/);
});

Deno.test("a run that waits for stages of another run does not stand still", async () => {
  await using run = await running();
  const held = await run.hold();
  const key = "a".repeat(64);
  await run.happen({ t: at(3), type: "waiting", node: "seed-7.npre2x", key });
  const way = listener();
  const clock = fakeClock((now) => now > 7_200_000 && held[Symbol.dispose]());
  await follow(run.dir, way, { clock });
  expect(way.events()).toEqual(["interrupted"]);
});

Deno.test("what was told is not told again by a process that is started again", async () => {
  await using run = await running();
  await run.happen(failed);
  const way = listener();
  await follow(run.dir, way);
  await follow(run.dir, way);
  expect(way.events()).toEqual(["failed"]);
});

Deno.test("a run that fails again is told again", async () => {
  await using run = await running();
  await run.happen(failed);
  const way = listener();
  await follow(run.dir, way);
  const started = { type: "run-started", attempt: { ...attempt, run: id } } as const;
  await run.happen({ t: at(20), ...started }, { ...failed, t: at(30) });
  await follow(run.dir, way);
  expect(way.events()).toEqual(["failed", "failed"]);
});

Deno.test("a training that diverges again, once its run went on, is told again", async () => {
  await using run = await running();
  const held = await run.hold();
  const message = "Cannot go on training: it needs finite weights, found NaN or infinity.";
  const diverged: RunEvent = { t: at(3), type: "failed", node: "seed-7.npre2x", message };
  await run.happen(diverged);
  const way = listener();
  const clock = fakeClock(async (now) => {
    if (now === 2000) {
      const started = { type: "run-started", attempt: { ...attempt, run: id } } as const;
      await run.happen({ t: at(20), ...started });
    }
    if (now === 4000) await run.happen({ ...diverged, t: at(30) });
    if (now === 6000) {
      await run.happen({ t: at(40), type: "run-stopped" });
      held[Symbol.dispose]();
    }
  });
  await follow(run.dir, way, { clock });
  expect(way.events()).toEqual(["diverged", "diverged"]);
});

Deno.test("where what was told cannot be read, it is told rather twice than never", async () => {
  await using run = await running();
  await run.happen(failed);
  const way = listener();
  await follow(run.dir, way);
  await Deno.writeTextFile(join(run.dir, "companions/notify-json.json"), '{"told":["failed"]}');
  await follow(run.dir, way);
  expect(way.events()).toEqual(["failed", "failed"]);
});

Deno.test("of two processes one tells, and the other says so and ends", async () => {
  await using run = await running();
  const held = await run.hold();
  const said: string[] = [];
  const [way, second] = [listener(), listener()];
  const clock = fakeClock(async (now) => {
    if (now === 2000) await follow(run.dir, second, { said });
    if (now === 4000) held[Symbol.dispose]();
  });
  await follow(run.dir, way, { clock });
  expect(said).toEqual(["Another process tells of this run by the same way"]);
  expect([way.events(), second.events()]).toEqual([["interrupted"], []]);
});

Deno.test("what cannot be told is said and counted, and not tried for ever", async () => {
  await using run = await running();
  await run.happen(failed);
  const said: string[] = [];
  const down = listener(() => ({ is: "again", why: "no connection to the address" }));
  expect(await follow(run.dir, down, { said })).toBe(1);
  expect(said).toEqual([
    expect.stringMatching(
      /^Could not tell \(failed\): no connection to the address \(tried \d+ times\)$/,
    ),
  ]);
  const way = listener();
  await follow(run.dir, way);
  expect(way.events()).toEqual(["failed"]);
});

Deno.test("a run that goes on while its end is being told is followed on", async () => {
  await using run = await running();
  await run.happen(failed);
  let held: Disposable | undefined;
  const way = listener();
  const tell = async (news: News) => {
    await way.tell(news);
    if (held) return { is: "told" } as const;
    held = await run.hold();
    const started = { type: "run-started", attempt: { ...attempt, run: id } } as const;
    await run.happen({ t: at(20), ...started });
    return { is: "told" } as const;
  };
  const clock = fakeClock(async (now) => {
    if (now !== 4000) return;
    await run.happen({ ...failed, t: at(30) });
    held?.[Symbol.dispose]();
  });
  await follow(run.dir, { ...way, tell }, { clock });
  expect(way.events()).toEqual(["failed", "failed"]);
});

Deno.test("a damaged run, and one whose folder is removed, are no reason to go on", async () => {
  await using run = await running();
  const held = await run.hold();
  const way = listener();
  const clock = fakeClock(async (now) => {
    if (now === 4000) await Deno.writeTextFile(join(run.dir, "run.json"), "{");
  });
  await follow(run.dir, way, { clock });
  expect(way.heard).toMatchObject([{ event: "failed", run: id }]);
  expect(way.heard[0]!.message).toMatch(/^Its folder is damaged: run\.json cannot be read: /);

  await using other = await running();
  using _held = await other.hold();
  const silent = listener();
  const removing = fakeClock((now) => now === 4000 && Deno.remove(other.dir, { recursive: true }));
  expect(await follow(other.dir, silent, { clock: removing })).toBe(0);
  expect(silent.heard).toEqual([]);
  held[Symbol.dispose]();
});
