import { expect } from "expect";
import { join } from "node:path";
import { sealEvent } from "../../src/pipeline/events.ts";
import { readLogPage } from "../../src/registry/log_page.ts";
import { RunFiles } from "../../src/registry/run_files.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { lines, write } from "./folders.ts";

const progress = (done: number) =>
  sealEvent({
    ...{ t: "2030-01-01T00:00:00.000Z", type: "progress", node: "a", unit: "images" },
    ...{ done, total: 1000 },
  });

async function pages(out: string) {
  const found: number[][] = [];
  const files = new RunFiles(out);
  for (let end: number | undefined = Infinity; end !== undefined;) {
    const { events, older } = await readLogPage(files, "run", end);
    found.push(events.map(({ event }) => "done" in event ? event.done : NaN));
    expect(older ?? 0).toBeLessThan(end);
    end = older;
  }
  return found;
}

const downTo = (from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_, at) => from - at);

Deno.test("a log is read from its end, 200 events a page, each once, without the line that is not whole yet", async () => {
  await using folder = await temporaryFolder();
  const all = lines(Array.from({ length: 450 }, (_, at) => progress(at)));
  await write(join(folder.path, "run/events.jsonl"), `${all}{"t":"20`);
  expect(await pages(folder.path)).toEqual([downTo(449, 250), downTo(249, 50), downTo(49, 0)]);
});

Deno.test("damaged lines are left out, also one that is longer than a page", async () => {
  await using folder = await temporaryFolder();
  const text = lines([progress(0), { t: 1 }]) + `${"x".repeat(600_000)}\n\n` + lines([progress(1)]);
  await write(join(folder.path, "run/events.jsonl"), text);
  expect((await pages(folder.path)).flat()).toEqual([1, 0]);
});

Deno.test("each event has the byte at which its line begins", async () => {
  await using folder = await temporaryFolder();
  const [first, second] = [lines([progress(0)]), lines([progress(1)])];
  await write(join(folder.path, "run/events.jsonl"), first + second);
  const { events } = await readLogPage(new RunFiles(folder.path), "run");
  expect(events.map(({ at }) => at)).toEqual([first.length, 0]);
});

Deno.test("a run without a log has no events", async () => {
  await using folder = await temporaryFolder();
  expect(await readLogPage(new RunFiles(folder.path), "run")).toEqual({ events: [] });
});
