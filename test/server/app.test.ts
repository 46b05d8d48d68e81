import { expect } from "expect";
import { join } from "node:path";
import { sealEvent } from "../../src/pipeline/events.ts";
import { createApp } from "../../src/server/app.ts";
import { record } from "../report/fixture.ts";
import { lines, temporaryFolder, write, writeFinishedRun, writeRunningRun } from "./folders.ts";

async function get(app: ReturnType<typeof createApp>, path: string) {
  const answer = await app.request(path);
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

Deno.test("the list shows every run, newest first, on the page and as JSON", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "done");
  await writeRunningRun(folder.path, "live", Date.parse("2030-01-01"));
  const app = createApp({ out: folder.path });
  const { text } = await get(app, "/");
  expect(text.indexOf('href="/runs/live"')).toBeLessThan(text.indexOf('href="/runs/done"'));
  expect(JSON.parse((await get(app, "/api/runs")).text)).toMatchObject([
    { id: "live", state: "running", stages: { done: 1, total: 10 }, seconds: 59 },
    { id: "done", state: "finished", stages: { done: 10, total: 10 }, seconds: 201 },
  ]);
});

Deno.test("the list of a folder without runs says how to start one", async () => {
  await using folder = await temporaryFolder();
  const { status, text } = await get(createApp({ out: folder.path }), "/");
  expect(status).toBe(200);
  expect(text).toContain("deno task clusterfit");
});

Deno.test("the page of a running run shows progress, rate, time to go, metrics and curves", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "live", Date.now());
  const { text } = await get(createApp({ out: folder.path }), "/runs/live");
  expect(text).toContain("<main data-live>");
  expect(text).toContain('<progress value="117000" max="480000"');
  expect(text).toContain("3,000 images/s");
  expect(text).toContain("2 min 01 s to go");
  expect(text).toContain("loss 1.023");
  expect(text).toContain("Npre 2x after epoch 12");
  expect(text).not.toContain("cluster ids: Ncf");
  expect(text).not.toContain("No news");
});

Deno.test("the page renews itself with a script and, without scripts, by reloading", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "live", Date.now());
  const { text } = await get(createApp({ out: folder.path }), "/runs/live");
  expect(text).toMatch(/<noscript><meta http-equiv="refresh" content="\d+"><\/noscript>/);
  expect([...text.matchAll(/<script/g)].length).toBe(1);
});

Deno.test("a run that has been silent for more than a minute may have been killed", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "killed", Date.now() - 3_600_000);
  const app = createApp({ out: folder.path });
  expect((await get(app, "/runs/killed")).text).toMatch(/No news for 1 h 00 min.*go on with/);
  expect((await get(app, "/")).text).toContain("no news for 1 h 00 min");
});

Deno.test("a finished run shows its result, links to its report and renews itself no more", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "done");
  const app = createApp({ out: folder.path });
  const { text } = await get(app, "/runs/done");
  expect(text).toContain("lost to Npre 2x");
  expect(text).toContain('href="/runs/done/report"');
  expect(text).not.toMatch(/<script|data-live|http-equiv/);
  const report = await get(app, "/runs/done/report");
  expect(report.text).toBe(await Deno.readTextFile(join(folder.path, "done/report.html")));
  expect(report.headers.get("content-type")).toMatch("text/html");
});

Deno.test("the JSON of a run has its stages, its curves and, when finished, what --json prints", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "done");
  await writeRunningRun(folder.path, "live", Date.now());
  const app = createApp({ out: folder.path });
  const done = JSON.parse((await get(app, "/api/runs/done")).text);
  expect(done.result).toMatchObject({ run: "done", seconds: 201 });
  expect(done.result.targets.length).toBe(4);
  const live = JSON.parse((await get(app, "/api/runs/live")).text);
  expect(live.result).toBeNull();
  expect(live.nodes[2]).toMatchObject({ id: "seed-7.npre2x", state: "running", rate: 3000 });
  expect(live.curves.npre2x[0].length).toBe(12);
});

Deno.test("a page follows the event log as it grows", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "live/events.jsonl");
  await writeRunningRun(folder.path, "live", Date.now());
  const app = createApp({ out: folder.path });
  const state = async () => JSON.parse((await get(app, "/api/runs/live")).text).state;
  expect(await state()).toBe("running");
  const whole = (await Deno.readTextFile(path)).split("\n").slice(0, -1);
  const stopped = lines([
    sealEvent({ t: new Date().toISOString(), type: "run-stopped" }),
  ]);
  await Deno.writeTextFile(path, `${whole.join("\n")}\n${stopped}`);
  expect(await state()).toBe("stopped");
});

Deno.test("an unknown run or page is a 404 with a way on", async () => {
  await using folder = await temporaryFolder();
  const app = createApp({ out: folder.path });
  const page = await get(app, "/runs/%3Cb%3E");
  expect(page.status).toBe(404);
  expect(page.text).toContain("There is no run “&lt;b&gt;”");
  expect(page.text).toContain('href="/"');
  expect((await get(app, "/api/runs/none")).status).toBe(404);
  expect((await get(app, "/runs/none/report")).status).toBe(404);
  expect((await get(app, "/elsewhere")).status).toBe(404);
});

Deno.test("an unknown address under /api answers in JSON as the others there do", async () => {
  await using folder = await temporaryFolder();
  const app = createApp({ out: folder.path });
  for (const path of ["/api/nope", "/api/runs/a/b", "/api/"]) {
    const { status, text } = await get(app, path);
    expect([status, JSON.parse(text)]).toEqual([404, { error: "There is no such address." }]);
  }
});

Deno.test("a run without a report says when there will be one", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "live", Date.now());
  const { status, text } = await get(createApp({ out: folder.path }), "/runs/live/report");
  expect(status).toBe(404);
  expect(text).toContain("No report yet");
});

Deno.test("no address leads out of the folder of the runs", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(join(folder.path, "outside"), "secret");
  await writeFinishedRun(join(folder.path, "runs"), "own");
  await Deno.symlink(join(folder.path, "outside/secret"), join(folder.path, "runs/link"));
  const app = createApp({ out: join(folder.path, "runs") });
  const ways = [
    "..%2Foutside%2Fsecret",
    "%2e%2e%2Foutside%2Fsecret",
    "..",
    ".",
    "%2F",
    "link",
    "own%00",
  ];
  for (const way of ways) {
    for (const path of [`/runs/${way}`, `/runs/${way}/report`, `/api/runs/${way}`]) {
      const { status, text } = await get(app, path);
      if (status === 200) expect(text).toContain("<h1>Runs</h1>");
      else expect(status).toBe(404);
    }
  }
});

Deno.test("a folder with a broken run.json is left out, not fatal", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "done");
  await write(join(folder.path, "broken/run.json"), "{");
  const app = createApp({ out: folder.path });
  expect(JSON.parse((await get(app, "/api/runs")).text).length).toBe(1);
  expect((await get(app, "/runs/broken")).status).toBe(404);
});

Deno.test("damaged lines of a log are passed over", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "damaged");
  const path = join(folder.path, "damaged/events.jsonl");
  await write(path, `{"t": 1}\n${await Deno.readTextFile(path)}`);
  const app = createApp({ out: folder.path });
  expect(JSON.parse((await get(app, "/api/runs")).text))
    .toMatchObject([{ id: "damaged", state: "finished" }]);
});

Deno.test("every answer carries headers that forbid foreign scripts, frames and caching", async () => {
  await using folder = await temporaryFolder();
  const app = createApp({ out: folder.path });
  for (const path of ["/", "/api/runs", "/healthz", "/nowhere"]) {
    const { headers } = await get(app, path);
    const policy = headers.get("content-security-policy")!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'sha256-[^']+';/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("cache-control")).toBe("no-store");
  }
});

Deno.test("the policy allows the page's own script: the hash is of the script that is sent", async () => {
  await using folder = await temporaryFolder();
  const { text, headers } = await get(createApp({ out: folder.path }), "/");
  const script = text.match(/<script>(.*?)<\/script>/s)![1]!;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(script));
  const hash = new Uint8Array(digest).toBase64();
  expect(headers.get("content-security-policy")).toContain(`'sha256-${hash}'`);
});

Deno.test("the server answers health checks and refuses to change anything", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path);
  const app = createApp({ out: folder.path });
  expect(await get(app, "/healthz")).toMatchObject({ status: 200, text: "ok" });
  for (const method of ["POST", "PUT", "DELETE"]) {
    expect((await app.request(`/runs/${record.id}`, { method })).status).toBe(404);
  }
});
