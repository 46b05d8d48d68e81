import { expect } from "expect";
import { createApp } from "../../../src/server/app.ts";
import { writeFinishedRun, writeRunningRun } from "../../registry/folders.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { checkedApi } from "./checked.ts";

Deno.test("runs stand beside each other, in the order in which they were named", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "a");
  await writeRunningRun(folder.path, "b", Date.now());
  const ask = await checkedApi(createApp({ out: folder.path }));
  const { runs, scores, curves } = (await ask("/api/compare?run=b&run=a")).json;
  expect(runs.map(({ name, measured }: { name: string; measured: boolean }) => [name, measured]))
    .toEqual([["b", false], ["a", true]]);
  expect([scores.length > 0, curves.length > 0]).toEqual([true, true]);
});

Deno.test("a comparison needs two to eight runs that are there", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "a");
  const ask = await checkedApi(createApp({ out: folder.path }));
  const told = async (query: string) => {
    const { status, json } = await ask(`/api/compare${query}`);
    return [status, json.error];
  };
  const needed = "Cannot take run: it needs two to 8 runs: ?run=<name>&run=<name>, found";
  expect(await told("")).toEqual([400, `${needed} none. See /api/openapi.json.`]);
  expect(await told("?run=a")).toEqual([400, `${needed} "a". See /api/openapi.json.`]);
  expect((await told("?run=a&run=a"))[0]).toBe(400);
  const nine = Array.from({ length: 9 }, (_, at) => `run=${at}`).join("&");
  expect((await told(`?${nine}`))[0]).toBe(400);
  expect(await told("?run=a&run=none")).toEqual([
    404,
    expect.stringContaining('There is no run "none".'),
  ]);
});
