import { expect } from "expect";
import { join } from "node:path";
import { sealEvent } from "../../../src/pipeline/events.ts";
import { RunFiles } from "../../../src/registry/run_files.ts";
import { EventPages } from "../../../src/server/api/event_pages.ts";
import { createApp } from "../../../src/server/app.ts";
import { lines, writeFinishedRun, writeRunningRun } from "../../registry/folders.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { type Ask, checkedApi } from "./checked.ts";

/** All events of a run, so many a page. */
async function pages(ask: Ask, run: string, limit: number) {
  const found: { id: string; type: string }[] = [];
  for (let next: string | null = ""; next !== null;) {
    const after: string = next === "" ? "" : `&after=${next}`;
    const { json } = await ask(`/api/runs/${run}/events?limit=${limit}${after}`);
    expect(json.events.length).toBeLessThanOrEqual(limit);
    for (const { id, event } of json.events) found.push({ id, type: event.type });
    next = json.next;
  }
  return found;
}

Deno.test("events come a page at a time, each once and in order, by the ids that the stream has", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "done");
  const ask = await checkedApi(createApp({ out: folder.path }));
  const all = await pages(ask, "done", 1000);
  expect([all[0]!.type, all.at(-1)!.type]).toEqual(["run-started", "run-finished"]);
  const [log] = all[0]!.id.split(".");
  expect(all.map(({ id }) => id)).toEqual(all.map((_, at) => `${log}.${at + 1}`));
  for (const limit of [1, 7, all.length]) expect(await pages(ask, "done", limit)).toEqual(all);
  const end = (await ask(`/api/runs/done/events?after=${all.at(-1)!.id}`)).json;
  expect(end).toEqual({ events: [], next: null });
});

Deno.test("lines that are no events do not count, and an id of another log begins anew", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "done");
  const path = join(folder.path, "done/events.jsonl");
  const ask = await checkedApi(createApp({ out: folder.path }));
  const all = await pages(ask, "done", 1000);
  const [first, ...others] = (await Deno.readTextFile(path)).split("\n");
  await Deno.writeTextFile(path, [first, "[]", '{"t":1}', ...others].join("\n"));
  expect(await pages(ask, "done", 1000)).toEqual(all);
  expect((await ask("/api/runs/done/events?after=00000000.5&limit=1")).json.events[0].id)
    .toBe(all[0]!.id);
});

Deno.test("a page of a run under way ends with what is there, and the next one goes on from it", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "live", Date.now());
  const path = join(folder.path, "live/events.jsonl");
  const whole = await Deno.readTextFile(path);
  await Deno.writeTextFile(path, whole.slice(0, whole.lastIndexOf("\n") + 1));
  const ask = await checkedApi(createApp({ out: folder.path }));
  const before = await pages(ask, "live", 1000);
  const stopped = sealEvent({ t: new Date().toISOString(), type: "run-stopped" });
  await Deno.writeTextFile(path, lines([stopped]), { append: true });
  const { events } = (await ask(`/api/runs/live/events?after=${before.at(-1)!.id}`)).json;
  expect(events.map(({ event }: { event: { type: string } }) => event.type)).toEqual([
    "run-stopped",
  ]);
});

Deno.test("a run without events has none, an id of no event is told, and an unknown run is a 404", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "done");
  await Deno.remove(join(folder.path, "done/events.jsonl"));
  const ask = await checkedApi(createApp({ out: folder.path }));
  expect((await ask("/api/runs/done/events")).json).toEqual({ events: [], next: null });
  const { status, json } = await ask("/api/runs/done/events?after=7");
  expect([status, json.error]).toEqual([
    400,
    expect.stringContaining("needs the id of an event, such as"),
  ]);
  expect((await ask("/api/runs/none/events")).status).toBe(404);
});

/** Notes the lowest place that a log was read from. */
class Watched extends RunFiles {
  lowest = Infinity;

  override async open(...names: string[]) {
    const handle = await super.open(...names);
    if (!handle) return handle;
    const read = handle.read.bind(handle) as (...args: unknown[]) => Promise<never>;
    return Object.assign(handle, {
      read: (...args: unknown[]) => {
        this.lowest = Math.min(this.lowest, args[3] as number);
        return read(...args);
      },
    });
  }
}

Deno.test("the next page is read from where the last one ended, as long as the log is the same", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "done");
  const files = new Watched(folder.path);
  const pages = new EventPages(files);
  const run = { name: "done", id: "done" };
  const all = (await pages.read(run, undefined, 1000)).events;
  const { next } = await pages.read(run, undefined, 20);
  expect(next).toBe(all[19]!.id);
  files.lowest = Infinity;
  const second = await pages.read(run, next!, 1000);
  expect(files.lowest).toBeGreaterThan(1000);
  expect(second).toEqual({ events: all.slice(20), next: null });
  files.lowest = Infinity;
  expect(await pages.read(run, all.at(-1)!.id, 10)).toEqual({ events: [], next: null });
  expect(files.lowest).toBeGreaterThan(1000);

  const path = join(folder.path, "done/events.jsonl");
  const text = await Deno.readTextFile(path);
  const longer = sealEvent({ ...all[1]!.event, t: "2026-11-22T14:03:11.0001Z" });
  const [first, _second, ...others] = text.split("\n");
  await Deno.writeTextFile(path, [first, JSON.stringify(longer), ...others].join("\n"));
  expect((await pages.read(run, next!, 1000)).events).toEqual(all.slice(20));
  expect(files.lowest).toBe(0);
});
