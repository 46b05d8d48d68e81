import { expect } from "expect";
import { join } from "node:path";
import { sealEvent } from "../../../src/pipeline/events.ts";
import { FollowedRun } from "../../../src/registry/followed_run.ts";
import { RunFiles } from "../../../src/registry/run_files.ts";
import { createApp } from "../../../src/server/app.ts";
import { shownState } from "../../../src/server/pages/shown_state.ts";
import { summary } from "../../report/fixture.ts";
import { hold, lines, writeFinishedRun, writeRunningRun } from "../../registry/folders.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

Deno.test("the page of a run is another one where an event or an epoch came, where its lock was let go, and every two seconds while it runs", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "run", Date.now());
  const run = new FollowedRun(new RunFiles(folder.path), "run");
  const state = async (now = 0) => shownState((await run.snapshot())!, now);
  let before: string;
  {
    using _held = await hold(folder.path, "run");
    before = await state();
    expect(await state(1999)).toBe(before);
    expect(await state(2000)).not.toBe(before);
    await Deno.writeTextFile(
      join(folder.path, "run/artifacts/seed-7.npre/log.jsonl"),
      lines(summary.series[0]!.points.slice(-1)),
      { append: true },
    );
    expect(await state()).not.toBe(before);
    before = await state();
  }
  expect(await state()).not.toBe(before);
  before = await state();
  expect(await state(60_000)).toBe(before);
  const event = sealEvent({ t: new Date().toISOString(), type: "run-stopped" });
  await Deno.writeTextFile(join(folder.path, "run/events.jsonl"), `\n${lines([event])}`, {
    append: true,
  });
  expect(await state()).not.toBe(before);
});

Deno.test("a page that a browser has is not sent again", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "done");
  const app = createApp({ out: folder.path });
  const host = "localhost";
  const first = await app.request("/runs/done", { headers: { host } });
  const etag = first.headers.get("etag")!;
  expect(await first.text()).toContain("Ncf beats");
  const again = await app.request("/runs/done", { headers: { host, "if-none-match": etag } });
  expect([again.status, await again.text()]).toEqual([304, ""]);
});
