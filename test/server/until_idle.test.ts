import { join } from "node:path";
import { expect } from "expect";
import { untilIdle, whenIdle } from "../../src/server/until_idle.ts";
import { fakeClock } from "../notify/fake_clock.ts";
import { hold } from "../registry/folders.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { until } from "../until.ts";

const signal = new AbortController().signal;
const minutes = 60_000;

Deno.test("it is idle so many minutes after the last of its runs was at work", async () => {
  await using folder = await temporaryFolder();
  for (const name of ["a", "b"]) await Deno.mkdir(join(folder.path, name));
  let held: Disposable | undefined = await hold(folder.path, "a");
  const clock = fakeClock(async (now) => {
    if (now === 30 * minutes) held?.[Symbol.dispose]();
    if (now === 80 * minutes) held = await hold(folder.path, "b");
    if (now === 90 * minutes) held?.[Symbol.dispose]();
  });
  await untilIdle(folder.path, 60, { clock, signal });
  expect(Math.round(clock.now() / minutes)).toBe(150);
});

Deno.test("without any run it is idle after so many minutes", async () => {
  await using folder = await temporaryFolder();
  const clock = fakeClock();
  await untilIdle(join(folder.path, "none"), 1, { clock, signal });
  expect(clock.now()).toBe(minutes);
});

Deno.test("its signal is aborted once it is idle, or whoever asked is gone", async () => {
  await using folder = await temporaryFolder();
  const idle = whenIdle(folder.path, 1, { clock: fakeClock(), signal });
  await until(() => idle.aborted);
  const stop = new AbortController();
  stop.abort();
  const stopped = whenIdle(folder.path, 1, { clock: fakeClock(), signal: stop.signal });
  await until(() => stopped.aborted);
});
