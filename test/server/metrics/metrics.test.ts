import { expect } from "expect";
import { createApp } from "../../../src/server/app.ts";
import { type RunAtWork, runMetrics } from "../../../src/server/metrics/run_metrics.ts";
import { hold, writeFinishedRun, writeRunningRun } from "../../registry/folders.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { venvPython } from "../../venv_python.ts";
import { request } from "../api/checked.ts";

/** Prometheus' own parser: each sample as `name{label="value"} value`, labels in order. */
async function parsed(text: string): Promise<string[]> {
  const code = `
import sys
from prometheus_client.parser import text_string_to_metric_families
for family in text_string_to_metric_families(sys.argv[1]):
    assert family.documentation and family.type != "unknown", family
    for name, labels, value, *_ in family.samples:
        print(name + "{" + ",".join(f'{key}={labels[key]!r}' for key in sorted(labels)) + "}", value)
`;
  return (await venvPython(code, text)).trim().split("\n");
}

const scrape = async (app: ReturnType<typeof createApp>) =>
  await (await request(app, "/metrics")).text();

Deno.test("Prometheus' parser reads /metrics: runs by state, and how far each stage at work is", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "done");
  await writeRunningRun(folder.path, "live", Date.now());
  using _held = await hold(folder.path, "live");
  const samples = await parsed(await scrape(createApp({ out: folder.path })));
  const stage = "run='live',stage='seed-7.npre2x'";
  expect(samples).toEqual(expect.arrayContaining([
    "clusterfit_runs{state='running'} 1",
    "clusterfit_runs{state='finished'} 1",
    "clusterfit_runs{state='failed'} 0",
    "clusterfit_run_stages_done{run='live'} 1",
    "clusterfit_run_stages{run='live'} 11",
    `clusterfit_stage_units_done{${stage},unit='images'} 117000`,
    `clusterfit_stage_units{${stage},unit='images'} 480000`,
    `clusterfit_stage_units_per_second{${stage},unit='images'} 3000`,
    `clusterfit_stage_eta_seconds{${stage}} 121`,
    `clusterfit_stage_loss{${stage}} 1.02345`,
  ]));
  expect(samples.filter((line) => line.includes("done'"))).toEqual([]);
  const memory = samples.find((line) => line.startsWith("clusterfit_run_memory_bytes{run='live'}"));
  expect(Number(memory!.split(" ").at(-1))).toBeGreaterThan(1 << 20);
  const age = samples.find((line) =>
    line.startsWith("clusterfit_run_last_event_age_seconds{run='live'}")
  );
  expect(Number(age!.split(" ").at(-1))).toBeGreaterThanOrEqual(1);
});

Deno.test("/metrics counts the server's own answers by route and status, however many addresses are tried", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "done");
  const app = createApp({ out: folder.path });
  for (let at = 0; at < 20; at++) await request(app, `/nowhere/${at}`);
  for (let at = 0; at < 20; at++) await request(app, `/api/runs/unknown-${at}`);
  await request(app, "/api/runs/done");
  await request(app, "/api/runs?limit=0");
  await request(app, "/", { method: "DELETE" });
  await request(app, "/", { headers: { host: "elsewhere" } });
  const text = await scrape(app);
  const counts = (await parsed(text)).filter((line) =>
    line.startsWith("clusterfit_http_requests_total")
  );
  expect(counts.toSorted()).toEqual([
    "clusterfit_http_requests_total{route='/*',status='404'} 20",
    "clusterfit_http_requests_total{route='/*',status='405'} 1",
    "clusterfit_http_requests_total{route='/*',status='421'} 1",
    "clusterfit_http_requests_total{route='/api/runs',status='400'} 1",
    "clusterfit_http_requests_total{route='/api/runs/:run',status='200'} 1",
    "clusterfit_http_requests_total{route='/api/runs/:run',status='404'} 20",
  ]);
  expect(text).toContain('clusterfit_http_request_seconds_count{route="/api/runs/:run"} 21');
  expect(text).toContain("clusterfit_index_refresh_seconds_count 1");
});

Deno.test("/metrics counts the streams that are open", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "done");
  const app = createApp({ out: folder.path });
  const open = async () => (await scrape(app)).match(/^clusterfit_open_streams (.*)$/m)?.[1];
  expect(await open()).toBe("0");
  const stream = await app.request("/api/runs/done/stream", { headers: { host: "localhost" } });
  expect(await open()).toBe("1");
  await stream.body!.cancel();
  expect(await open()).toBe("0");
});

/** A run with `stages` stages at work. */
function atWork(name: string, stages: number): RunAtWork {
  const node = {
    stage: "train",
    title: "",
    state: "running",
    done: 1,
    total: 2,
    unit: "images",
  } as const;
  const nodes = Array.from({ length: stages }, (_, at) => ({ id: `stage-${at}`, ...node }));
  const process = { pid: 7, memory: 1 << 20, cpuSeconds: 1, cpus: null, disk: null };
  const use = { process, gpu: { gpus: [], processes: new Map([[7, 1 << 30], [8, 1]]) } };
  return {
    name,
    state: "running",
    notes: [],
    status: { state: "running", seconds: 1, nodes },
    use,
  };
}

Deno.test("a scrape is bounded: a hundred runs at most have series, with so many stages at once", async () => {
  const atWorkNow = Array.from({ length: 150 }, (_, at) => atWork(`run-${at}`, 50));
  const text = await runMetrics({ counts: [["running", 150]], atWork: atWorkNow }, Date.now());
  expect(text.match(/^clusterfit_run_stages\{/gm)?.length).toBe(100);
  expect(text.match(/^clusterfit_stage_units_done\{run="run-0",/gm)?.length).toBe(32);
  expect(text).toContain('clusterfit_runs{state="running"} 150');
  expect(text).toContain('run="run-99"');
  expect(text).toContain(`clusterfit_run_memory_bytes{run="run-0"} ${1 << 20}\n`);
  expect(text).toContain(`clusterfit_run_gpu_memory_bytes{run="run-0"} ${1 << 30}\n`);
  expect(text).not.toContain("run-100");
});

Deno.test("names of any kind are labels that the parser reads back as they are", async () => {
  const names = ['a"b', "back\\slash", "new\nline", "{},=", "über 🏃", "# HELP x"];
  const samples = await parsed(
    await runMetrics({ counts: [], atWork: names.map((name) => atWork(name, 1)) }, Date.now()),
  );
  const told = samples.filter((line) => line.startsWith("clusterfit_run_stages{"));
  expect(told.length).toBe(names.length);
  expect(told[2]).toBe("clusterfit_run_stages{run='new\\nline'} 1");
});

Deno.test("a clock that was set back makes no age below nothing", async () => {
  const [run] = [atWork("run", 1)];
  const status = { ...run!.status!, lastEvent: "2030-01-01T00:00:00.000Z" };
  const text = await runMetrics(
    { counts: [], atWork: [{ ...run!, status }] },
    Date.parse("2029-12-31T00:00:00.000Z"),
  );
  expect(text).toContain('clusterfit_run_last_event_age_seconds{run="run"} 0\n');
});

const hasPromtool = await new Deno.Command("promtool", { args: ["--version"] }).output()
  .then(({ success }) => success, () => false);

Deno.test({
  name: "promtool has nothing to say against /metrics",
  ignore: !hasPromtool,
  fn: async () => {
    await using folder = await temporaryFolder();
    await writeRunningRun(folder.path, "live", Date.now());
    using _held = await hold(folder.path, "live");
    const child = new Deno.Command("promtool", {
      args: ["check", "metrics"],
      stdin: "piped",
      stderr: "piped",
    }).spawn();
    await ReadableStream.from([await scrape(createApp({ out: folder.path }))])
      .pipeThrough(new TextEncoderStream()).pipeTo(child.stdin);
    const { success, stderr } = await child.output();
    expect([new TextDecoder().decode(stderr), success]).toEqual(["", true]);
  },
});
