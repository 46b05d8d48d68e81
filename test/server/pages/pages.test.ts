import { expect } from "expect";
import { join } from "node:path";
import { sealEvent } from "../../../src/pipeline/events.ts";
import { formatRecord, parseRecord, type RunRecord } from "../../../src/pipeline/record.ts";
import { createApp } from "../../../src/server/app.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { hold, lines, write, writeFinishedRun, writeRunningRun } from "../../registry/folders.ts";

async function get(out: string, path: string) {
  const answer = await createApp({ out }).request(path, { headers: { host: "localhost" } });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

async function change(out: string, id: string, to: (record: RunRecord) => RunRecord) {
  const path = join(out, id, "run.json");
  await write(path, formatRecord(to(parseRecord(await Deno.readTextFile(path)))));
}

/** The names of the runs that a list shows, from the top. */
const named = (text: string) => [...text.matchAll(/id="run-([^"]*)"/g)].map(([, name]) => name);

Deno.test("the list is searched by words, by state and by experiment, and says what was asked for", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "done");
  await writeRunningRun(folder.path, "live", Date.now());
  using _held = await hold(folder.path, "live");
  const list = async (query: string) => named((await get(folder.path, `/?${query}`)).text);
  expect(await list("q=LIVE+resnet-small")).toEqual(["live"]);
  expect(await list("q=live+done")).toEqual([]);
  expect(await list("state=finished")).toEqual(["done"]);
  expect(await list("state=failed")).toEqual([]);
  expect(await list("experiment=default")).toEqual(["live", "done"]);
  expect(await list("experiment=figure3")).toEqual([]);
  const { text } = await get(folder.path, "/?q=%22%3E%3Cb%3E&state=failed");
  expect(text).toContain('value="&quot;&gt;&lt;b&gt;"');
  expect(text).toContain("<option selected>failed</option>");
  expect(text).toContain("No run is like that");
});

Deno.test("the list has 100 runs a page and leads to the pages beside it with what was asked for", async () => {
  await using folder = await temporaryFolder();
  for (let at = 0; at < 205; at++) {
    await Deno.mkdir(join(folder.path, `run-${`${at}`.padStart(3, "0")}/artifacts`), {
      recursive: true,
    });
  }
  const pages = ["/", "/?q=run&page=2", "/?page=3", "/?page=4", "/?page=-1"];
  const texts: string[] = [];
  for (const page of pages) texts.push((await get(folder.path, page)).text);
  expect(texts.map((text) => named(text).length)).toEqual([100, 100, 5, 0, 100]);
  expect(named(texts[1]!)[0]).toBe("run-100");
  expect(texts[1]).toContain("205 runs, page 2 of 3");
  expect(texts[1]).toContain('rel="prev" href="/?q=run&amp;page=1"');
  expect(texts[1]).toContain('rel="next" href="/?q=run&amp;page=3"');
  expect(texts[2]).not.toContain('rel="next"');
});

Deno.test("a page shows the graph with links to the rows, the events, the attempts and what was asked for", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "live", Date.now());
  using _held = await hold(folder.path, "live");
  const { text } = await get(folder.path, "/runs/live");
  expect(text).toContain('href="#stage-seed-7.npre2x" class="box box-running"');
  expect(text).toContain('<tr id="stage-seed-7.npre2x">');
  expect(text).toContain("seed-7.npre finished in 30 s");
  expect(text).toContain("The run was started: ");
  for (const title of ["Stages as a graph", "Training", "Stages", "Asked for", "Attempts"]) {
    expect(text).toContain(`<h2>${title}</h2>`);
  }
});

Deno.test("what the process of a run uses is told while its lock is held, and not after", async () => {
  if (Deno.build.os !== "linux") return;
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "live", Date.now());
  {
    using _held = await hold(folder.path, "live");
    const { text } = await get(folder.path, "/runs/live");
    expect(text).toContain(`process ${Deno.pid}`);
    expect(text).toContain("3,000 images/s");
  }
  expect((await get(folder.path, "/runs/live")).text).not.toContain(`process ${Deno.pid}`);
});

Deno.test("older events are a link away, from any place in the log", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "live", Date.now());
  const progress = Array.from({ length: 250 }, (_, done) =>
    sealEvent({
      ...{ t: "2030-01-01T00:00:00.000Z", type: "progress", node: "seed-7.npre2x", unit: "images" },
      ...{ done, total: 480_000 },
    }));
  const path = join(folder.path, "live/events.jsonl");
  const whole = (await Deno.readTextFile(path)).split("\n").slice(0, -1).join("\n");
  await Deno.writeTextFile(path, `${whole}\n${lines(progress)}`);
  const page = (await get(folder.path, "/runs/live")).text;
  const [, older] = page.match(/href="(\/runs\/live\/log\?end=\d+)"/)!;
  const { text } = await get(folder.path, older!);
  expect(text).toContain("seed-7.npre2x 49 of 480,000 images");
  expect(text).not.toContain("seed-7.npre2x 50 of 480,000 images");
  expect(text).toContain("The run was started");
  expect(text).toContain('href="/runs/live/log">The newest events');
  for (const end of ["-1", "x", "1e99", "NaN"]) {
    expect((await get(folder.path, `/runs/live/log?end=${end}`)).status).toBe(200);
  }
  expect((await get(folder.path, "/runs/none/log")).status).toBe(404);
});

Deno.test("what a run is called, was asked and logged is shown as text, whatever it holds", async () => {
  await using folder = await temporaryFolder();
  const hostile =
    `"'><img src=x onerror=alert(1)><script>alert(2)</script>\u0000\u202e\ud800{{7*7}}\${8*8}`;
  await writeRunningRun(folder.path, "live", Date.now());
  using _held = await hold(folder.path, "live");
  await change(folder.path, "live", (record) => ({
    ...record,
    title: hostile,
    command: [hostile],
    asked: { [hostile]: hostile },
    config: { [hostile]: [hostile, { [hostile]: hostile }] },
    resolved: { [hostile]: hostile },
    study: { ...record.study, experiment: hostile, facts: [[hostile, hostile]] },
    nodes: record.nodes.map((node) => ({ ...node, title: hostile })).concat({
      ...{ id: hostile, stage: "contact-sheet", title: hostile, inputs: [hostile] },
      serves: [{ arm: hostile, at: { [hostile]: hostile }, seed: 1 }],
    }),
  }));
  const event = { t: new Date().toISOString(), type: "failed", node: "seed-7.npre2x" } as const;
  const log = join(folder.path, "live/events.jsonl");
  const whole = (await Deno.readTextFile(log)).split("\n").slice(0, -1).join("\n");
  await Deno.writeTextFile(log, `${whole}\n${lines([sealEvent({ ...event, message: hostile })])}`);
  for (const path of ["/", "/runs/live", "/runs/live/log", "/runs/live/clusters", "/experiments"]) {
    const { status, text } = await get(folder.path, path);
    expect(status).toBe(path.endsWith("clusters") ? 403 : 200); // its name is none of a folder
    expect(text).toContain("&lt;img");
    expect(text).not.toMatch(/<img|alert\(2\)<\/script>/);
  }
});

Deno.test("experiments are told with the judgement of their newest finished run", async () => {
  await using folder = await temporaryFolder();
  expect((await get(folder.path, "/experiments")).text).toContain("No experiment has a run yet");
  await writeFinishedRun(folder.path, "done");
  await writeRunningRun(folder.path, "live", Date.now());
  const { text } = await get(folder.path, "/experiments");
  expect(text).not.toContain("/compare?");
  await writeFinishedRun(folder.path, "more");
  expect((await get(folder.path, "/experiments")).text)
    .toContain('href="/compare?run=done&amp;run=more"');
  expect(text).toContain('href="/?experiment=default">2 runs</a>');
  expect(text).toContain('href="/runs/done">done</a>');
  expect(text).toContain("Ncf beats");
});

Deno.test("clusters are asked for by the stage that drew them, and nothing else is a picture", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "done");
  for (const path of ["clusters", "sheets/summary", "sheets/..%2Fsummary", "sheets/none"]) {
    expect((await get(folder.path, `/runs/done/${path}`)).status).toBe(404);
  }
});
