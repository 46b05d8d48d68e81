/** `deno task bench server`: the status server beside a training on the same cores: how fast it answers, whether every event
 * arrives, what it costs the training, whether its memory stays. */
import { join } from "node:path";
import { sealEvent } from "../../src/pipeline/events.ts";
import { removeIfThere } from "../../src/pipeline/files.ts";
import { formatRecord, parseRecord } from "../../src/pipeline/record.ts";
import { formatTable } from "../lib/table.ts";
import { median } from "./compare.ts";
import type { Requests, Streams } from "./server/load.ts";
import { load, type Served, startServer, startTraining } from "./server/processes.ts";

const limits = {
  /** Of the idle rate, beside a training. */
  ratio: 0.5,
  perSecond: 1500,
  statusP99: 50,
  clients: 1000,
  deliveryP99: 500,
  letGoSeconds: 10,
  viewers: 10,
  slowdown: 1.05,
  listMs: 50,
  /** MiB, over 100,000 requests behind the first 30,000, and over 200 runs that come and go behind the first 800. */
  growth: 16,
} as const;

const seconds = 10;
const events = 20;
const epochs = 12;

export interface ServerOptions {
  /** Pairs of trainings. */
  readonly pairs: number;
  say(line: string): void;
}

export interface ServerRow {
  readonly what: string;
  readonly found: string;
  readonly limit: string;
  readonly within: boolean;
}

export interface ServerBench {
  readonly bench: "server";
  readonly rows: readonly ServerRow[];
  readonly load: { readonly before: number; readonly after: number; readonly clientCpus: number };
}

export const isServedWell = ({ rows }: ServerBench) => rows.every(({ within }) => within);

export function serverTable({ rows, load }: ServerBench): string {
  const table = formatTable([
    ["", "found", "limit", ""],
    ...rows.map((
      { what, found, limit, within },
    ) => [what, found, limit, within ? "within" : "MISSED"]),
  ]);
  return `${table}\n\nThe clients of the requests took ${
    load.clientCpus.toFixed(2)
  } CPUs. Load of the machine: ${load.before.toFixed(1)} before, ${load.after.toFixed(1)} after.`;
}

/** Measures. */
export async function server({ pairs, say }: ServerOptions): Promise<ServerBench> {
  const out = await Deno.makeTempDir({ prefix: "clusterfit-bench-" });
  const [before = 0] = Deno.loadavg();
  try {
    say("A small run, which the others are made of");
    await using first = startTraining(join(out, "one"), "one", 1);
    await first.seconds;
    const status = await measureStatus(out, say);
    const rows = [
      ...status.rows,
      ...await measureStreams(out, say),
      await measureSlowdown(out, pairs, say),
      await measureList(out, say),
      ...await measureMemory(out, say),
    ];
    const [after = 0] = Deno.loadavg();
    return { bench: "server", rows, load: { before, after, clientCpus: status.cpus } };
  } finally {
    await removeIfThere(out);
  }
}

/** A run folder that says what another one does, under its own name. */
async function copyRun(from: string, out: string, id: string, at: number): Promise<void> {
  const record = parseRecord(await Deno.readTextFile(join(from, "run.json")));
  const lines = (await Deno.readTextFile(join(from, "events.jsonl"))).trim().split("\n");
  const renamed = lines.map((line) => {
    const { checksum: _, ...event } = JSON.parse(line);
    if (event.attempt) event.attempt.run = id;
    return `${JSON.stringify(sealEvent(event))}\n`;
  });
  await Deno.mkdir(join(out, id), { recursive: true });
  const createdAt = new Date(Date.UTC(2026, 0, 1) + 60_000 * at).toISOString();
  await Deno.writeTextFile(join(out, id, "run.json"), formatRecord({ ...record, id, createdAt }));
  await Deno.writeTextFile(join(out, id, "events.jsonl"), renamed.join(""));
  const summary = join("artifacts", "summary"); // a finished run without it is a damaged one
  await Deno.mkdir(join(out, id, summary), { recursive: true });
  for (const file of ["manifest.json", "summary.json"]) {
    await Deno.link(join(from, summary, file), join(out, id, summary, file));
  }
}

async function until(holds: () => Promise<boolean>, most = 60): Promise<number> {
  const began = performance.now();
  while (!await holds().catch(() => false)) {
    if (performance.now() - began > 1000 * most) return Infinity;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return (performance.now() - began) / 1000;
}

async function isTraining({ port }: Served, run: string): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/runs/${run}`);
  const { nodes = [] } = await answer.json();
  return nodes.some((node: { stage: string; state: string }) =>
    node.stage === "train" && node.state === "running"
  );
}

async function measureStatus(out: string, say: (line: string) => void) {
  const folder = join(out, "status");
  await copyRun(join(out, "one/one"), folder, "done", 0);
  await using served = await startServer(folder);
  const ask = (path: string) =>
    load<Requests>({ kind: "requests", port: served.port, path, connections: 8, seconds });
  await ask("/api/runs/done");
  const idle = await ask("/api/runs/done");
  say(`Status requests, idle: ${idle.perSecond.toFixed(0)} a second`);
  await using _training = startTraining(folder, "live", 100_000);
  await until(() => isTraining(served, "live"));
  const beside = await ask("/api/runs/live");
  const page = await ask("/runs/live");
  say(`Beside a training: ${beside.perSecond.toFixed(0)} a second`);
  const ratio = beside.perSecond / idle.perSecond;
  const rows: ServerRow[] = [
    {
      what: `status requests a second beside a training (idle: ${idle.perSecond.toFixed(0)})`,
      found: beside.perSecond.toFixed(0),
      limit: `${limits.perSecond} or more`,
      within: beside.perSecond >= limits.perSecond && beside.failed === 0,
    },
    {
      what: "the same, of the idle rate",
      found: ratio.toFixed(2),
      limit: `${limits.ratio} or more`,
      within: ratio >= limits.ratio,
    },
    atMost(`their p99 (p50: ${beside.p50.toFixed(1)} ms)`, beside.p99, limits.statusP99, "ms"),
    atMost(
      `p99 of a run's page (${page.perSecond.toFixed(0)} a second)`,
      page.p99,
      limits.statusP99,
      "ms",
    ),
  ];
  return { rows, cpus: beside.cpus };
}

async function measureStreams(out: string, say: (line: string) => void): Promise<ServerRow[]> {
  const folder = join(out, "streams");
  await Deno.mkdir(folder);
  await using served = await startServer(folder);
  await using _training = startTraining(folder, "live", 100_000);
  await until(() => isTraining(served, "live"));
  await copyRun(join(out, "one/one"), folder, "told", 0);
  const log = join(folder, "told/events.jsonl");
  await Deno.writeTextFile(log, "");
  const metric = async () => {
    const text = await (await fetch(`http://127.0.0.1:${served.port}/metrics`)).text();
    return Number(text.match(/^clusterfit_open_streams (\d+)/m)?.[1] ?? NaN);
  };
  const clients = load<Streams>({
    ...{ kind: "streams", port: served.port, path: "/api/runs/told/stream" },
    ...{ clients: limits.clients, events, reconnects: 2 },
  });
  await until(async () => await metric() === limits.clients);
  say(`${limits.clients} clients listen`);
  for (let n = 0; n < events; n++) {
    const event = { t: new Date().toISOString(), type: "run-damaged" as const, message: `${n}` };
    await Deno.writeTextFile(log, `${JSON.stringify(sealEvent(event))}\n`, { append: true });
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  const seen = await clients;
  const letGo = await until(async () => await metric() === 0);
  return [
    {
      what:
        `events that were lost, came twice or out of order, of ${seen.delivered} to ${limits.clients} clients with ${seen.reconnects} reconnects`,
      found: `${seen.missing + seen.wrong}`,
      limit: "0",
      within: seen.missing === 0 && seen.wrong === 0,
    },
    atMost(
      `p99 of their delivery (p50: ${seen.p50.toFixed(0)} ms)`,
      seen.p99,
      limits.deliveryP99,
      "ms",
    ),
    atMost("clients that are gone are let go", letGo, limits.letGoSeconds, "s"),
  ];
}

async function measureSlowdown(
  out: string,
  pairs: number,
  say: (line: string) => void,
): Promise<ServerRow> {
  const ratios: number[] = [];
  for (let pair = 1; pair <= pairs; pair++) {
    const measure = async (watched: boolean) => {
      const folder = join(out, `pair-${pair}-${watched}`);
      await Deno.mkdir(folder);
      await using served = await startServer(folder);
      await using training = startTraining(folder, "live", epochs);
      if (watched) {
        await until(() => isTraining(served, "live"));
        const { port } = served;
        const watching = load({
          kind: "viewers",
          port,
          run: "live",
          viewers: limits.viewers,
          seconds: 600,
        });
        void watching.catch(() => {}); // ends with the server
      }
      return await training.seconds;
    };
    const order = pair % 2 === 1 ? [false, true] : [true, false];
    const took = new Map<boolean, number>();
    for (const watched of order) took.set(watched, await measure(watched));
    ratios.push(took.get(true)! / took.get(false)!);
    say(
      `Pair ${pair} of ${pairs}: ${took.get(false)!.toFixed(1)} s alone, ${
        took.get(true)!.toFixed(1)
      } s watched`,
    );
  }
  const ratio = median(ratios);
  return {
    what:
      `a training with ${limits.viewers} viewers, against one without (median of ${pairs} pairs)`,
    found: ratio.toFixed(3),
    limit: `${limits.slowdown} or less`,
    within: ratio <= limits.slowdown,
  };
}

async function measureList(out: string, say: (line: string) => void): Promise<ServerRow> {
  const folder = join(out, "many");
  for (let n = 0; n < 1000; n++) await copyRun(join(out, "one/one"), folder, `run-${n}`, n);
  await using served = await startServer(folder);
  const times: number[] = [];
  for (let n = 0; n < 12; n++) {
    const began = performance.now();
    await (await fetch(`http://127.0.0.1:${served.port}/api/runs?limit=1000`)).text();
    times.push(performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, 1500)); // what was kept is over
  }
  const [cold = NaN, ...warm] = times;
  say(`A list of 1,000 runs, the first: ${cold.toFixed(0)} ms`);
  return atMost("a list of 1,000 runs, made anew (median)", median(warm), limits.listMs, "ms");
}

/** V8 lets garbage grow to a multiple of what is in use, hundreds of MiB; with these flags it is collected before, so that
 * what is measured is in use. */
const littleGarbage = ["--v8-flags=--max-semi-space-size=4,--max-old-space-size=96"];

async function measureMemory(
  out: string,
  say: (line: string) => void,
): Promise<ServerRow[]> {
  const folder = join(out, "memory");
  await copyRun(join(out, "one/one"), folder, "done", 0);
  await using served = await startServer(folder, littleGarbage);
  const { port } = served;
  const ask = (path: string, most: number) =>
    load({ kind: "requests", port, path, connections: 4, seconds: 300, most });
  const askAll = async (each: number) => {
    for (const path of ["/api/runs/done", "/runs/done", "/", "/api/runs"]) await ask(path, each);
  };
  const comeAndGo = async (from: number) => {
    for (let n = from; n < from + 200; n++) {
      await copyRun(join(out, "one/one"), folder, `run-${n}`, n);
      for (const path of [`/runs/run-${n}`, `/api/runs/run-${n}`]) {
        await (await fetch(`http://127.0.0.1:${port}${path}`)).text();
      }
      await Deno.remove(join(folder, `run-${n}`), { recursive: true });
    }
  };
  await askAll(2500);
  const warm = await served.fewestBytes(() => askAll(5000));
  await askAll(20_000);
  const after = await served.fewestBytes(() => askAll(5000));
  say("100,000 requests more are answered");
  for (const from of [0, 200, 400]) await comeAndGo(from);
  const once = await served.fewestBytes(() => comeAndGo(600));
  const twice = await served.fewestBytes(() => comeAndGo(800));
  const mebibytes = (bytes: number) => bytes / 2 ** 20;
  return [
    atMost(
      `memory more after 100,000 requests (${mebibytes(warm).toFixed(0)} MiB before)`,
      mebibytes(after - warm),
      limits.growth,
      "MiB",
    ),
    atMost(
      `memory more after 200 runs that came and went, behind 800 others (${
        mebibytes(once).toFixed(0)
      } MiB before)`,
      mebibytes(twice - once),
      limits.growth,
      "MiB",
    ),
  ];
}

function atMost(what: string, value: number, limit: number, unit: string): ServerRow {
  return {
    what,
    found: `${value.toFixed(1)} ${unit}`,
    limit: `${limit} ${unit} or less`,
    within: value <= limit,
  };
}
