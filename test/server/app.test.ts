import { expect } from "expect";
import { join } from "node:path";
import { sealEvent } from "../../src/pipeline/events.ts";
import { formatRecord, parseRecord } from "../../src/pipeline/record.ts";
import { createApp } from "../../src/server/app.ts";
import { answerChecker } from "./api/checked.ts";
import { RunFiles } from "../../src/registry/run_files.ts";
import { record } from "../report/fixture.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { hold, lines, write, writeFinishedRun, writeRunningRun } from "../registry/folders.ts";

const own = { host: "127.0.0.1:8000" };

/** Answers below /api are held to the document of the API. */
const check = await answerChecker(createApp({ out: "none" }));

async function get(app: ReturnType<typeof createApp>, path: string, headers = own) {
  const answer = await app.request(path, { headers });
  if (path.startsWith("/api")) return await check(path, answer);
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

Deno.test("the list shows every run, newest first, on the page and as JSON", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "done");
  await writeRunningRun(folder.path, "live", Date.parse("2030-01-01"));
  using _held = await hold(folder.path, "live");
  const app = createApp({ out: folder.path });
  const { text } = await get(app, "/");
  expect(text.indexOf('href="/runs/live"')).toBeLessThan(text.indexOf('href="/runs/done"'));
  expect(JSON.parse((await get(app, "/api/runs")).text).runs).toMatchObject([
    { name: "live", state: "running", stagesDone: 1, stagesTotal: 11, seconds: 59 },
    { name: "done", state: "finished", stagesDone: 11, stagesTotal: 11, seconds: 201 },
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
  using _held = await hold(folder.path, "live");
  const { text } = await get(createApp({ out: folder.path }), "/runs/live");
  expect(text).toMatch(
    /<main id="main" data-live="2" data-stream="\/api\/runs\/live\/stream\?after=[\da-f]{8}\.5">/,
  );
  expect(text).toContain('<progress value="117000" max="480000"');
  expect(text).toContain("3,000 images/s");
  expect(text).toContain("2 min 01 s to go");
  expect(text).toContain("loss 1.023");
  expect(text).toContain("Npre 2x after epoch 12");
  expect(text).not.toContain("cluster ids: Ncf");
  expect(text).not.toContain("Go on");
});

Deno.test("the page renews itself with a script and, without scripts, by reloading", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "live", Date.now());
  using _held = await hold(folder.path, "live");
  const { text } = await get(createApp({ out: folder.path }), "/runs/live");
  expect(text).toMatch(/<noscript><meta http-equiv="refresh" content="\d+"><\/noscript>/);
  expect([...text.matchAll(/<script/g)].length).toBe(1);
});

Deno.test("the list says what tells runs of one title apart: the facts of their studies, and their seeds", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "live", Date.now());
  const app = createApp({ out: folder.path });
  const facts = [["network", "resnet-small"], ["images", "10,000"], ["epochs", "24"]];
  expect((await get(app, "/")).text).toContain(
    "live · network\u00a0resnet-small · images\u00a010,000 · epochs\u00a024 · seeds\u00a07,\u00a08,\u00a09</small>",
  );
  expect(JSON.parse((await get(app, "/api/runs")).text).runs[0].facts)
    .toEqual([...facts, ["seeds", "7, 8, 9"]]);
});

Deno.test("a run is running as long as its lock is held, whatever its log's age, and interrupted as soon as nobody holds it", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "run", Date.now() - 3_600_000);
  const app = createApp({ out: folder.path });
  const told = async () => ({
    list: (await get(app, "/")).text,
    page: (await get(app, "/runs/run")).text,
    item: JSON.parse((await get(app, "/api/runs")).text).runs[0],
    detail: JSON.parse((await get(app, "/api/runs/run")).text),
  });
  const command = "deno task clusterfit --seeds 7,8,9";
  {
    using _held = await hold(folder.path, "run");
    const { list, page, item, detail } = await told();
    expect([item.state, detail.state, detail.nodes[2].state]).toEqual(Array(3).fill("running"));
    for (const text of [list, page]) {
      expect(text).toMatch(/class="state-running">running</);
      expect(text).not.toMatch(/[Gg]o on /);
    }
  }
  const { list, page, item, detail } = await told();
  expect([item.state, detail.state, detail.nodes[2].state])
    .toEqual(["interrupted", "interrupted", "interrupted"]);
  expect([item.command, detail.command]).toEqual([record.command, record.command]);
  expect(detail.nodes[2].eta).toBeNull();
  for (const text of [list, page]) {
    expect(text).toMatch(/class="state-interrupted">interrupted</);
    const words = text.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
    expect(words).toMatch(new RegExp(`[Gg]o on [a-z ]*${command}`));
    expect(text).not.toContain('class="state-running"');
  }
  expect(page).toContain('data-live="2"');
});

Deno.test("a run is running while its process works and interrupted once that is killed", async () => {
  await using folder = await temporaryFolder();
  const address = (file: string) => new URL(file, import.meta.url).href;
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "eval",
      `import { executeRun } from "${address("../../src/pipeline/run.ts")}";
       import { toyGraph } from "${address("../pipeline/toy.ts")}";
       setInterval(() => {}, 1000);
       await executeRun({
         out: "${folder.path}",
         record: {
           id: "toy", title: "A toy run", command: ["toy"], asked: {}, config: {}, study: {},
           resolved: {},
         },
         attempt: { command: ["toy"], versions: {}, hardware: {} },
         nodes: toyGraph(1),
         services: async () => ({ touch: () => new Promise(() => console.log("at work")) }),
         workers: 1,
         signal: new AbortController().signal,
         publish: async () => [],
       });`,
    ],
    stdout: "piped",
  }).spawn();
  const output = child.stdout.getReader();
  const app = createApp({ out: folder.path });
  const states = async () => {
    const { state, nodes } = JSON.parse((await get(app, "/api/runs/toy")).text);
    return [state, ...nodes.map(({ state }: { state: string }) => state)];
  };
  try {
    await output.read();
    expect(await states()).toEqual(["running", "running", "waiting"]);
  } finally {
    child.kill("SIGKILL");
    await child.status;
    await output.cancel();
  }
  expect(await states()).toEqual(["interrupted", "interrupted", "waiting"]);
});

Deno.test("a finished run shows its result, links to its report and looks only now and then whether it is still there", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "done");
  const app = createApp({ out: folder.path });
  const { text } = await get(app, "/runs/done");
  expect(text).toContain("lost to Npre 2x");
  expect(text).toContain('href="/runs/done/report"');
  expect(text).toContain('<main id="main" data-live="30" data-stream="">');
  expect(text).not.toContain("http-equiv");
  const report = await get(app, "/runs/done/report");
  expect(report.text).toBe(await Deno.readTextFile(join(folder.path, "done/report.html")));
  expect(report.headers.get("content-type")).toMatch("text/html");
});

Deno.test("a run of which a stage failed shows what it published, and says that it failed", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "partly");
  const path = join(folder.path, "partly/events.jsonl");
  const events = (await Deno.readTextFile(path)).trim().split("\n").map((line) => JSON.parse(line));
  const { published } = events.at(-1);
  const failed = { type: "run-failed", message: "2 of 40 stages failed.", published } as const;
  await write(path, lines([...events.slice(0, -1), sealEvent({ t: events.at(-1).t, ...failed })]));
  const app = createApp({ out: folder.path });
  const { text } = await get(app, "/runs/partly");
  expect(text).toContain('class="state-failed">failed');
  expect(text).toContain("2 of 40 stages failed.");
  expect(text).toContain("lost to Npre 2x");
  expect(text).toContain('href="/runs/partly/report"');
});

Deno.test("a training of a run without a readable study is shown without curves", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "live", Date.now());
  using _held = await hold(folder.path, "live");
  const path = join(folder.path, "live/run.json");
  const record = parseRecord(await Deno.readTextFile(path));
  await write(path, formatRecord({ ...record, study: { another: "shape" } }));
  const { status, text } = await get(createApp({ out: folder.path }), "/runs/live");
  expect(status).toBe(200);
  expect(text).toContain("3,000 images/s");
  expect(text).not.toContain("<h2>Training</h2>");
});

Deno.test("a page follows the event log as it grows", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "live/events.jsonl");
  await writeRunningRun(folder.path, "live", Date.now());
  using _held = await hold(folder.path, "live");
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
    expect([status, JSON.parse(text)]).toEqual([404, {
      error: "There is no such address. Those that there are stand in /api/openapi.json.",
    }]);
  }
});

Deno.test("a run without a report says when there will be one", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "live", Date.now());
  using _held = await hold(folder.path, "live");
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

Deno.test("a folder without anything of a run is no run", async () => {
  await using folder = await temporaryFolder();
  await Deno.mkdir(join(folder.path, "notes"));
  await write(join(folder.path, "notes/todo.txt"), "nothing");
  const app = createApp({ out: folder.path });
  expect(JSON.parse((await get(app, "/api/runs")).text)).toEqual({ total: 0, runs: [] });
  expect((await get(app, "/runs/notes")).status).toBe(404);
  expect((await get(app, "/api/runs/notes")).status).toBe(404);
});

/** What may be broken in a finished run, and how its page and JSON tell it. */
const damages: Record<string, {
  reason: RegExp;
  make: (run: string) => Promise<void>;
  /** Whether it is in what the run published, which the list does not look at again. */
  isPublished?: true;
}> = {
  "a run.json that is cut": {
    reason: /^run\.json cannot be read: .*JSON/,
    make: (run) => Deno.truncate(join(run, "run.json"), 100),
  },
  "an empty run.json": {
    reason: /^run\.json cannot be read: .*JSON/,
    make: (run) => Deno.truncate(join(run, "run.json")),
  },
  "a run.json of another version": {
    reason: /^run\.json cannot be read: it needs schema 2, found 1/,
    make: (run) =>
      Deno.writeTextFile(join(run, "run.json"), JSON.stringify({ ...record, schema: 1 })),
  },
  "a missing run.json": {
    reason: /^run\.json is missing$/,
    make: (run) => Deno.remove(join(run, "run.json")),
  },
  "a folder in place of run.json": {
    reason: /^run\.json is no regular file$/,
    make: async (run) => {
      await Deno.remove(join(run, "run.json"));
      await Deno.mkdir(join(run, "run.json"));
    },
  },
  "a folder in place of events.jsonl": {
    reason: /^events\.jsonl is no regular file$/,
    make: async (run) => {
      await Deno.remove(join(run, "events.jsonl"));
      await Deno.mkdir(join(run, "events.jsonl"));
    },
  },
  "a digit changed in the summary": {
    isPublished: true,
    reason: /^artifacts\/summary\/summary\.json is damaged: it has SHA-256 /,
    make: async (run) => {
      const path = join(run, "artifacts/summary/summary.json");
      await Deno.writeTextFile(path, (await Deno.readTextFile(path)).replace("7", "8"));
    },
  },
  "a missing summary": {
    isPublished: true,
    reason: /artifacts\/summary\/summary\.json/,
    make: (run) => Deno.remove(join(run, "artifacts/summary/summary.json")),
  },
  "a missing manifest": {
    isPublished: true,
    reason: /artifacts\/summary/,
    make: (run) => Deno.remove(join(run, "artifacts/summary/manifest.json")),
  },
};

for (const [what, { reason, make, isPublished }] of Object.entries(damages)) {
  Deno.test(`${what}: the run is listed as damaged with the reason, and its page says what is wrong`, async () => {
    await using folder = await temporaryFolder();
    await writeFinishedRun(folder.path, "good");
    await writeFinishedRun(folder.path, "bad");
    const app = createApp({ out: folder.path });
    await get(app, "/api/runs"); // seen whole before
    await make(join(folder.path, "bad"));
    const detail = await get(app, "/api/runs/bad");
    expect(detail.status).toBe(200);
    const run = JSON.parse(detail.text);
    expect(run).toMatchObject({ state: "damaged", links: { result: null } });
    expect(run.message).toMatch(reason);
    expect(run.message).not.toContain(folder.path);
    const { runs } = JSON.parse((await get(app, "/api/runs")).text);
    const told = runs.map(({ name, state, message }: typeof run) => [name, state, message]).sort();
    const bad = isPublished ? ["bad", "finished", null] : ["bad", "damaged", run.message];
    expect(told).toEqual([bad, ["good", "finished", null]]);
    for (const path of isPublished ? ["/runs/bad"] : ["/", "/runs/bad"]) {
      const page = await get(app, path);
      expect(page.status).toBe(200);
      expect(page.text).toMatch(/class="state-damaged">damaged</);
      expect(page.text).toContain(run.message.slice(0, 20));
    }
  });
}

Deno.test("a damaged run that is made whole again is shown again", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "run");
  const app = createApp({ out: folder.path });
  const state = async () => JSON.parse((await get(app, "/api/runs/run")).text).state;
  const path = join(folder.path, "run/artifacts/summary/summary.json");
  const whole = await Deno.readTextFile(path);
  await Deno.writeTextFile(path, "{}");
  expect(await state()).toBe("damaged");
  await Deno.writeTextFile(path, whole);
  expect(await state()).toBe("finished");
});

Deno.test("damaged lines of the event log are left out, counted and mentioned", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "run");
  const path = join(folder.path, "run/events.jsonl");
  const [first, ...others] = (await Deno.readTextFile(path)).split("\n");
  await Deno.writeTextFile(path, [first, '{"t": 1}', "\0\0", ...others].join("\n"));
  const app = createApp({ out: folder.path });
  const run = JSON.parse((await get(app, "/api/runs/run")).text);
  expect(run).toMatchObject({ state: "finished", stagesDone: 11, stagesTotal: 11 });
  expect(run.notes).toEqual(["events.jsonl: 2 damaged lines left out"]);
  expect((await get(app, "/runs/run")).text).toContain("events.jsonl: 2 damaged lines left out");
});

Deno.test("damaged lines of a training log are left out, counted and mentioned", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "live", Date.now());
  const path = join(folder.path, "live/artifacts/seed-7.npre/log.jsonl");
  await Deno.writeTextFile(path, "[]\n", { append: true });
  const run = JSON.parse((await get(createApp({ out: folder.path }), "/api/runs/live")).text);
  expect(run.notes).toEqual(["seed-7.npre/log.jsonl: 1 damaged line left out"]);
});

Deno.test("an error of the server is told in JSON below /api and as a page elsewhere, without its stack", async () => {
  await using folder = await temporaryFolder();
  const faults: Error[] = [];
  class Broken extends RunFiles {
    override folders() {
      return Promise.reject(new Error(`out of files: ${folder.path}`));
    }
  }
  const app = createApp({
    out: folder.path,
    files: new Broken(folder.path),
    onFault: (error) => void faults.push(error),
  });
  const api = await get(app, "/api/runs");
  expect([api.status, JSON.parse(api.text)]).toEqual([500, {
    error: "The runs cannot be read; the terminal of the server says why.",
  }]);
  const page = await get(app, "/");
  expect(page.status).toBe(500);
  expect(page.text).toContain("The runs cannot be read");
  expect(api.text + page.text).not.toMatch(/out of files|\.ts|clusterfit\/src/);
  expect(faults.map(({ message }) => message)).toEqual(
    Array(2).fill(`out of files: ${folder.path}`),
  );
});

Deno.test("a foreign Host header is refused everywhere, in JSON below /api", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "run");
  const app = createApp({ out: folder.path });
  const foreign = { host: "rebound.example:8000" };
  for (const path of ["/", "/runs/run", "/runs/run/report", "/healthz", "/nowhere"]) {
    const { status, headers, text } = await get(app, path, foreign);
    expect([status, headers.get("content-type")]).toEqual([421, "text/html; charset=UTF-8"]);
    expect(text).not.toContain(record.title);
  }
  for (const path of ["/api/runs", "/api/runs/run", "/api/nope", "/api"]) {
    const { status, text } = await get(app, path, foreign);
    expect([status, Object.keys(JSON.parse(text))]).toEqual([421, ["error"]]);
  }
  expect((await app.request("/api/runs")).status).toBe(421);
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

Deno.test("the server answers health checks", async () => {
  await using folder = await temporaryFolder();
  const app = createApp({ out: folder.path });
  expect(await get(app, "/healthz")).toMatchObject({ status: 200, text: "ok" });
});

Deno.test("the server refuses to change anything, in JSON below /api", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "run");
  const app = createApp({ out: folder.path });
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
    for (const path of ["/runs/run", "/api/runs/run"]) {
      const answer = await app.request(path, { method, headers: own });
      expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
      if (path.startsWith("/api")) await check(path, answer, method);
    }
  }
  const head = await app.request("/api/runs", { method: "HEAD", headers: own });
  expect(await check("/api/runs", head, "HEAD")).toMatchObject({ status: 200, text: "" });
});

Deno.test("a report that is not what the run wrote is not shown", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "run");
  const app = createApp({ out: folder.path });
  const path = join(folder.path, "run/report.html");
  const whole = await Deno.readTextFile(path);
  expect((await get(app, "/runs/run/report")).text).toBe(whole);
  await Deno.writeTextFile(path, whole.slice(0, whole.length / 2));
  const half = await get(app, "/runs/run/report");
  expect(half.status).toBe(403);
  expect(half.text).toContain("report.html is not what the run wrote");
  await Deno.writeTextFile(path, whole);
  expect((await get(app, "/runs/run/report")).status).toBe(200);
});

Deno.test("a run that published no report has no link to one", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "run");
  const app = createApp({ out: folder.path });
  expect((await get(app, "/runs/run")).text).toContain('href="/runs/run/report"');
  const path = join(folder.path, "run/events.jsonl");
  const events = (await Deno.readTextFile(path)).trim().split("\n").map((line) => JSON.parse(line));
  const { checksum: _, ...finished } = events.pop();
  const none = sealEvent({ ...finished, published: {} });
  await Deno.writeTextFile(path, lines([...events, none]));
  const page = (await get(app, "/runs/run")).text;
  expect(page).toContain("Ncf beats");
  expect(page).not.toContain("/runs/run/report");
});
