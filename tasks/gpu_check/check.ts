/** The checks of `deno task gpu-check`: the default job on a device, then k-means on its features. */
import type { Output } from "../../src/cli/output.ts";
import { install } from "../setup.ts";
import { performRun } from "../../src/cli/run_command.ts";
import { type DefaultConfig, defaultExperiment } from "../../src/experiments/default.ts";
import { type Engine, startEngine } from "../../src/engine/mod.ts";
import { UserError } from "../../src/pipeline/errors.ts";
import type { Attempt } from "../../src/pipeline/events.ts";
import type { RunRecord } from "../../src/pipeline/record.ts";
import type { RunFolder } from "../../src/pipeline/store.ts";
import { stageSeconds, wallSeconds } from "../../src/pipeline/timing.ts";
import { type JsonResult, toJsonResult } from "../../src/report/json_result.ts";
import { readSummary } from "../../src/report/read_summary.ts";
import { textTable } from "../../src/report/text_table.ts";
import type { Summary } from "../../src/results/summary.ts";
import { makeJob } from "../../src/steps/job.ts";
import { runJob } from "../../src/steps/run_job.ts";
import { formatTable } from "../lib/table.ts";
import { checkKmeans, type KmeansCheck, tolerance } from "./kmeans.ts";

export interface GpuCheck {
  readonly check: "gpu";
  /** Name of the GPU; null with `cpu`. */
  readonly gpu: string | null;
  readonly versions: Attempt["versions"];
  readonly hardware: Attempt["hardware"];
  readonly resolved: RunRecord["resolved"];
  readonly stages: readonly { readonly title: string; readonly seconds: number }[];
  readonly result: JsonResult;
  readonly kmeans: readonly KmeansCheck[];
  readonly tolerance: typeof tolerance;
}

/** The default job on CUDA. */
const gpuJob = { device: "cuda" };

/** Every stage in a few seconds: what a machine without a GPU can run of this check. */
const cpuJob = {
  device: "cpu",
  images: 600,
  targetSize: 30,
  width: 8,
  epochs: 2,
  k: 20,
  training: { batchSize: 64 },
  probe: { layerBudget: 64, costs: [0.01] },
};

export interface GpuCheckOptions {
  /** Run the checks on the CPU, on a small job. */
  readonly cpu: boolean;
  /** Where the run folder is made. */
  readonly out: string;
  readonly output: Output;
}

/** Runs the checks. Throws a UserError where there is no GPU; `undefined` where Ctrl-C stopped the job. */
export async function checkGpu(
  { cpu, out, output }: GpuCheckOptions,
): Promise<{ readonly found: GpuCheck; readonly table: string } | undefined> {
  const engine = await startEngine();
  const { cuda, faissGpu } = await engine.devices.describe();
  if (!cpu && !cuda) {
    throw new UserError(
      "Cannot check the GPU: it needs an NVIDIA GPU that PyTorch can use, found none. Install the driver and run " +
        "`deno task setup`, or run the same checks small and on the CPU: `deno task gpu-check --cpu`.",
    );
  }
  const job = cpu ? cpuJob : gpuJob;
  const asked = makeJob(defaultExperiment, "", job);
  const { config } = asked;
  const options = { out, json: false };
  const run = await performRun((how) => runJob(asked, how), options, {
    output,
    command: [],
    install,
  });
  if (!run) return undefined;
  const summary = await readSummary(run);
  const engines = (["faiss", "torch"] as const).filter((name) =>
    name === "torch" || (faissGpu && !cpu)
  );
  output.line(`k-means: FAISS on the CPU, then ${engines.join(" and ")} on ${config.device}`);
  const kmeans = await clusterAgain(engine, run, config, engines);
  const found = await gather(run, summary, kmeans, cuda && !cpu ? cuda.name : null);
  return { found, table: formatCheck(found, summary) };
}

/** Whether every k-means came to the objective of FAISS on the CPU. */
export function isSound({ kmeans }: GpuCheck): boolean {
  return kmeans.every(({ within }) => within);
}

async function clusterAgain(
  engine: Engine,
  run: RunFolder,
  { k: [k = 0], clustering, seeds, device }: DefaultConfig,
  engines: readonly KmeansCheck["engine"][],
): Promise<readonly KmeansCheck[]> {
  const seed = seeds[0] ?? 0;
  const path = await run.artifactFile(`seed-${seed}.npre.features`, "features.safetensors");
  using file = await engine.tensors.load(path);
  using rows = await engine.features.l2Normalise(file.get("features"));
  const { threads } = await engine.devices.describe();
  const { iterations } = clustering;
  return await checkKmeans(engine, rows, engines, { k, iterations, seed, device, threads });
}

async function gather(
  run: RunFolder,
  summary: Summary,
  kmeans: readonly KmeansCheck[],
  gpu: string | null,
): Promise<GpuCheck> {
  const { record: { resolved, nodes }, id } = run;
  const events = await run.events();
  const { versions, hardware } = events.findLast((event) => event.type === "run-started")!.attempt;
  const seconds = stageSeconds(events);
  return {
    check: "gpu",
    gpu,
    versions,
    hardware,
    resolved,
    stages: nodes.map(({ id, title }) => ({ title, seconds: seconds.get(id) ?? 0 })),
    result: toJsonResult(summary, id, wallSeconds(events)),
    kmeans,
    tolerance,
  };
}

function formatCheck(found: GpuCheck, summary: Summary): string {
  const { versions, gpu, stages, kmeans, resolved } = found;
  const stageRows = stages.map(({ title, seconds }) => [title, `${seconds.toFixed(2)} s`]);
  const kmeansRows = kmeans.map((
    { engine, device, seconds, objective, startRatio, ratio, within },
  ) => [
    `${engine}, ${device}`,
    `${seconds.toFixed(2)} s`,
    objective.toPrecision(8),
    startRatio.toFixed(6),
    ratio.toFixed(6),
    within ? "within" : "TOO FAR",
  ]);
  return `${gpu ?? "CPU only"}, ${resolved["precision"]}
${Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(", ")}

${formatTable([["stage", "time"], ...stageRows])}

${formatTable([["k-means", "time", "objective", "ratio, start", "ratio, end", ""], ...kmeansRows])}
Ratios are to FAISS on the CPU from the same start; they may be off by ${tolerance.start} there and
${tolerance.end} at the end.

${textTable(summary)}`;
}
