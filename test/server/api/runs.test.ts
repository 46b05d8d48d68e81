import { expect } from "expect";
import { join } from "node:path";
import { createApp } from "../../../src/server/app.ts";
import { hold, writeFinishedRun, writeRunningRun } from "../../registry/folders.ts";
import { record } from "../../report/fixture.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { checkedApi } from "./checked.ts";

Deno.test("a run in full has its graph, who worked on it, what was asked, and where the rest is", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "done");
  const ask = await checkedApi(createApp({ out: folder.path }));
  const { json } = await ask("/api/runs/done");
  expect(json).toMatchObject({
    ...{ name: "done", state: "finished", stagesDone: 11, stagesTotal: 11, seconds: 201 },
    asked: record.asked,
    config: record.config,
    study: { experiment: "default" },
    attempts: [{ run: "done", began: expect.any(String), hardware: { cores: expect.any(Number) } }],
    links: {
      page: "/runs/done",
      curves: "/api/runs/done/curves",
      result: "/api/runs/done/result",
      report: "/runs/done/report",
    },
  });
  const ids = json.nodes.map(({ id }: { id: string }) => id);
  expect(json.nodes.map(({ inputs }: { inputs: string[] }) => inputs))
    .toEqual([...record.nodes.map(({ inputs }) => inputs), []]);
  for (const { inputs } of json.nodes) for (const input of inputs) expect(ids).toContain(input);
});

Deno.test("a stage under way has its progress, rate and time to go; one that waits has none", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "live", Date.now());
  using _held = await hold(folder.path, "live");
  const ask = await checkedApi(createApp({ out: folder.path }));
  const { nodes, links } = (await ask("/api/runs/live")).json;
  expect(nodes[2]).toMatchObject({
    ...{ state: "running", done: 117_000, total: 480_000, unit: "images", rate: 3000, eta: 121 },
    metrics: { loss: 1.02345 },
  });
  expect(nodes[3]).toMatchObject({
    state: "waiting",
    done: null,
    rate: null,
    eta: null,
    metrics: {},
  });
  expect([links.result, links.report]).toEqual([null, null]);
});

Deno.test("curves are there while the networks train; the result, once the run published it", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "done");
  await writeRunningRun(folder.path, "live", Date.now());
  using _held = await hold(folder.path, "live");
  const ask = await checkedApi(createApp({ out: folder.path }));
  const { curves } = (await ask("/api/runs/live/curves")).json;
  expect(curves.find(({ arm }: { arm: string }) => arm === "npre2x").points.length).toBe(12);
  const none = await ask("/api/runs/live/result");
  expect([none.status, none.json.error]).toEqual([404, expect.stringContaining("no results yet")]);
  const { run, seconds, targets, claims } = (await ask("/api/runs/done/result")).json;
  expect([run, seconds, targets.length, claims.length]).toEqual(["done", 201, 4, 0]);
});

Deno.test("a list is one page of the runs, and says how many there are in all", async () => {
  await using folder = await temporaryFolder();
  for (const name of ["a", "b", "c", "d", "e"]) await writeFinishedRun(folder.path, name);
  const ask = await checkedApi(createApp({ out: folder.path }));
  const names = async (query: string) => {
    const { total, runs } = (await ask(`/api/runs${query}`)).json;
    expect(total).toBe(5);
    return runs.map(({ name }: { name: string }) => name).join("");
  };
  expect(await names("")).toBe("abcde");
  expect(await names("?limit=2")).toBe("ab");
  expect(await names("?limit=2&offset=3")).toBe("de");
  expect(await names("?offset=5")).toBe("");
});

Deno.test("a list is filtered by state, experiment, data, date and words, and counts what is left", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "done");
  await writeFinishedRun(folder.path, "bad");
  await Deno.truncate(join(folder.path, "bad/run.json"), 100);
  await writeRunningRun(folder.path, "live", Date.parse("2030-01-01T12:00:00Z"));
  using _held = await hold(folder.path, "live");
  const ask = await checkedApi(createApp({ out: folder.path }));
  const names = async (query: string) => {
    const { total, runs } = (await ask(`/api/runs?${query}`)).json;
    expect(total).toBe(runs.length);
    return runs.map(({ name }: { name: string }) => name);
  };
  expect(await names("state=running")).toEqual(["live"]);
  expect(await names("state=running&state=damaged")).toEqual(["live", "bad"]);
  expect(await names("experiment=default")).toEqual(["live", "done"]);
  expect(await names("experiment=figure3")).toEqual([]);
  expect(await names("since=2030-01-01")).toEqual(["live"]);
  expect(await names("until=2030-01-01T00:00:00Z")).toEqual(["done"]);
  expect(await names("until=2030-01-01")).toEqual(["live", "done"]);
  expect(await names("until=2029-12-31")).toEqual(["done"]);
  expect(await names("since=1h&state=running")).toEqual(["live"]);
  expect(await names("until=1h")).toEqual(["done"]);
  expect(await names("q=k%3D1500")).toEqual(["live", "done"]);
  expect(await names("q=k%3D15")).toEqual([]);
  expect(await names("q=resnet%20LIVE")).toEqual(["live"]);
  expect(await names("q=nothing%25has_this")).toEqual([]);
  expect(await names("data=icons")).toEqual([]);
});

Deno.test("a parameter that is none, or has no such value, is told in a sentence", async () => {
  await using folder = await temporaryFolder();
  const ask = await checkedApi(createApp({ out: folder.path }));
  const error = async (query: string) => {
    const { status, json } = await ask(`/api/runs?${query}`);
    return [status, json.error];
  };
  expect(await error("limit=0")).toEqual([
    400,
    'Cannot take limit: it needs a whole number from 1 to 1,000, found "0". See /api/openapi.json.',
  ]);
  expect(await error("offset=-1")).toEqual([
    400,
    'Cannot take offset: it needs a whole number from 0 on, found "-1". See /api/openapi.json.',
  ]);
  expect((await error("limit=1&limit=2"))[0]).toBe(400);
  expect((await error("state=running&state=dead"))[1]).toBe(
    "Cannot take state: it needs running, waiting, finished, stopped, failed, interrupted or damaged, " +
      'found "running,dead". See /api/openapi.json.',
  );
  expect((await error("since=yesterday"))[1])
    .toMatch(/^Cannot take since: it needs a day as 2026-11-20, .*, found "yesterday"/);
  expect(await error("stat=running")).toEqual([
    400,
    expect.stringMatching(/^Cannot take the parameter "stat": it needs one of .*limit/),
  ]);
  expect((await error(`${"x".repeat(5000)}=1`))[1].length).toBeLessThan(300);
});

Deno.test("an unknown run is a 404 at each of its addresses", async () => {
  await using folder = await temporaryFolder();
  const ask = await checkedApi(createApp({ out: folder.path }));
  for (const rest of ["", "/curves", "/result", "/artifacts", "/artifacts/node/file"]) {
    for (const name of ["none", "..", "%2e%2e%2f", "%00", "a%2Fb"]) {
      const { status, json } = await ask(`/api/runs/${name}${rest}`);
      if (name !== "..") {
        expect([status, json.error]).toEqual([404, expect.stringMatching(/^There is no run "/)]);
      }
    }
  }
});

Deno.test("a run whose run.json cannot be read is listed with what is known of it", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "bad");
  await Deno.truncate(join(folder.path, "bad/run.json"), 100);
  const ask = await checkedApi(createApp({ out: folder.path }));
  const [item] = (await ask("/api/runs")).json.runs;
  expect(item).toMatchObject({
    name: "bad",
    id: null,
    title: null,
    state: "damaged",
    createdAt: null,
  });
  expect((await ask("/api/runs/bad")).json).toMatchObject({ config: null, study: null, nodes: [] });
  const { artifacts, notes } = (await ask("/api/runs/bad/artifacts")).json;
  expect([artifacts, notes]).toEqual([[], [expect.stringContaining("run.json cannot be read")]]);
});
