import { expect } from "expect";
import { join } from "node:path";
import { sealEvent } from "../../../src/pipeline/events.ts";
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
