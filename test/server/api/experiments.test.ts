import { expect } from "expect";
import { join } from "node:path";
import { formatRecord, parseRecord } from "../../../src/pipeline/record.ts";
import { createApp } from "../../../src/server/app.ts";
import { writeFinishedRun, writeRunningRun } from "../../registry/folders.ts";
import { noisyStudy, noisySummary } from "../../report/fixture.ts";
import { sealSummary } from "../../report/summary_artifact.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { checkedApi } from "./checked.ts";

Deno.test("experiments have their runs, and what the newest finished one says of their claims", async () => {
  await using folder = await temporaryFolder();
  const dir = join(folder.path, "noisy");
  await writeFinishedRun(folder.path, "noisy");
  const record = parseRecord(await Deno.readTextFile(join(dir, "run.json")));
  await Deno.writeTextFile(join(dir, "run.json"), formatRecord({ ...record, study: noisyStudy }));
  await sealSummary(dir, noisySummary);
  await writeRunningRun(folder.path, "live", Date.now());
  const ask = await checkedApi(createApp({ out: folder.path }));
  const { experiments } = (await ask("/api/experiments")).json;
  expect(experiments).toMatchObject([
    { name: "default", runs: [{ name: "live", state: "interrupted" }], newest: null },
    { name: noisyStudy.experiment, runs: [{ name: "noisy" }], newest: { run: "noisy" } },
  ]);
  const { claims } = experiments[1].newest;
  expect(claims.map(({ claim }: { claim: string }) => claim)).toEqual(
    noisyStudy.claims.map(({ text }) => text),
  );
  expect(claims.length).toBeGreaterThan(0);
  for (const { text } of claims) expect(text).not.toBe("");
});
