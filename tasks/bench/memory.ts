/** `deno task bench memory`: the private memory of each stage of a job on a folder of 2,000 pictures and on one of
 * 20,000: it is to be the same. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openRun } from "../../src/pipeline/store.ts";
import type { RunEvent } from "../../src/pipeline/events.ts";
import { removeIfThere } from "../../src/pipeline/files.ts";
import { formatTable } from "../lib/table.ts";
import type { Ready } from "../setup.ts";
import { askChild } from "./child.ts";

/** With what `deno task clusterfit` and `deno task serve` start (deno.json), for memory: one heap for all threads, whose freed blocks the
 * others use; and V8's young generation no larger than a few megabytes of garbage. */
export const startedWith = {
  env: { MALLOC_ARENA_MAX: "1" },
  flags: ["--v8-flags=--max-semi-space-size=4"],
} as const;

/** How much more the larger folder may take. */
const limit = 1.1;
const sizes = [2000, 20_000] as const;

interface StageMemory {
  /** Name of the stage: "train". */
  readonly stage: string;
  /** Most private memory while it ran, bytes: RssAnon. */
  readonly small: number;
  readonly large: number;
  readonly within: boolean;
}

export interface Memory {
  readonly bench: "memory";
  readonly pictures: readonly [small: number, large: number];
  readonly stages: readonly StageMemory[];
}

/** Measures; a stage that is too short for a sample is left out. The pictures are of 160 x 120 pixels; a small network trains one epoch on them. */
export async function memory({ setup, say }: {
  readonly setup: Ready;
  say(line: string): void;
}): Promise<Memory> {
  const peaks = [];
  for (const pictures of sizes) peaks.push(await peaksOf(pictures, setup, say));
  const [small = {}, large = {}] = peaks;
  const stages = Object.keys(small).filter((stage) => stage in large).map((stage) => {
    const both = { small: small[stage]!, large: large[stage]! };
    return { stage, ...both, within: both.large <= limit * both.small };
  });
  return { bench: "memory", pictures: sizes, stages };
}

/** Whether no stage takes more for more pictures. */
export function isFlat({ stages }: Memory): boolean {
  return stages.length > 0 && stages.every(({ within }) => within);
}

export function memoryTable({ stages, pictures }: Memory): string {
  const mebibytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
  const rows = stages.map(({ stage, small, large, within }) => [
    stage,
    mebibytes(small),
    mebibytes(large),
    (large / small).toFixed(2),
    within ? "within" : "MORE",
  ]);
  const names = pictures.map((count) => count.toLocaleString("en"));
  return `${formatTable([["stage", ...names, "ratio", "limit"], ...rows])}

Most private memory (RssAnon) while a stage of that kind ran. The limit is ${limit} times.`;
}

/** Stage -> most private memory while one of its kind ran, bytes. */
async function peaksOf(
  pictures: number,
  { python, venv }: Ready,
  say: (line: string) => void,
): Promise<Record<string, number>> {
  const scratch = await Deno.makeTempDir({ prefix: "clusterfit-bench-" });
  try {
    say(`Making ${pictures.toLocaleString("en")} pictures`);
    const folder = join(scratch, "pictures");
    const script = fileURLToPath(new URL("./pictures.py", import.meta.url));
    const plan = { folder, pictures, width: 160, height: 120, classes: 10 };
    await askChild([python, script], plan, {});
    say(`Running on them`);
    const out = join(scratch, "runs");
    const samples = await sample(out, folder, venv);
    const [id = ""] = [...Deno.readDirSync(out)].map(({ name }) => name)
      .filter((name) => name !== "objects");
    const opened = await openRun(join(out, id));
    const stageOf = new Map(opened.record.nodes.map(({ id, stage }) => [id, stage]));
    return peaks(samples, await opened.events(), (node) => stageOf.get(node) ?? node);
  } finally {
    await removeIfThere(scratch);
  }
}

interface Sample {
  /** Ms since 1970. */
  readonly at: number;
  readonly bytes: number;
}

/** The most of the samples between the start and the end of each stage. */
export function peaks(
  samples: readonly Sample[],
  events: readonly RunEvent[],
  stageOf: (node: string) => string,
): Record<string, number> {
  const began = new Map<string, number>();
  const found: Record<string, number> = {};
  for (const event of events) {
    if (event.type === "started") began.set(event.node, Date.parse(event.t));
    if (event.type !== "finished") continue;
    const [from, to] = [began.get(event.node) ?? Infinity, Date.parse(event.t)];
    const inside = samples.filter(({ at }) => at >= from && at <= to);
    const stage = stageOf(event.node);
    found[stage] = Math.max(found[stage] ?? 0, ...inside.map(({ bytes }) => bytes));
  }
  return Object.fromEntries(Object.entries(found).filter(([, bytes]) => bytes > 0));
}

/** Runs the job, one stage at a time, and looks at its private memory 20 times a second. */
async function sample(out: string, folder: string, venv: string): Promise<Sample[]> {
  const main = fileURLToPath(new URL("../clusterfit.ts", import.meta.url));
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...[
        "run",
        "--allow-all",
        ...startedWith.flags,
        main,
        "--data",
        folder,
        "--target",
        `same=${folder}`,
      ],
      ...["--student", "resnet10-small", "--epochs", "3", "--k", "50", "--out", out, "--json"],
      ...["--set", "workers=1", "--set", "probe.costs=[0.1]", "--set", "training.batchSize=128"],
    ],
    env: { ...startedWith.env, VIRTUAL_ENV: venv },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const said = new Response(child.stderr).text();
  const samples: Sample[] = [];
  const timer = setInterval(() => {
    const bytes = privateMemory(child.pid);
    if (bytes !== undefined) samples.push({ at: Date.now(), bytes });
  }, 50);
  try {
    if ((await child.status).success) return samples;
    throw new Error(`The job failed. It said:\n${await said}`);
  } finally {
    clearInterval(timer);
  }
}

/** RssAnon of a process, bytes; none where it has ended. */
function privateMemory(pid: number): number | undefined {
  try {
    const [, kibibytes] = /^RssAnon:\s+(\d+) kB$/m.exec(
      Deno.readTextFileSync(`/proc/${pid}/status`),
    ) ?? [];
    return kibibytes === undefined ? undefined : 1024 * Number(kibibytes);
  } catch {
    return undefined;
  }
}
