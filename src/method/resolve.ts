/** What `auto` becomes on this machine. Kept in run.json, so that a run goes on as it began. */
import { z } from "zod";
import type { Description } from "../engine/engine.ts";
import { UserError } from "../pipeline/errors.ts";
import type { MethodConfig } from "./config.ts";

/** The field `resolved` of run.json. */
export const resolvedSchema = z.object({
  device: z.string(),
  precision: z.enum(["float32", "bfloat16"]),
  /** CPU threads of each stage. */
  threads: z.int().positive(),
  /** Stages at once. */
  workers: z.int().positive(),
  kmeans: z.enum(["faiss", "torch"]),
});

/**
 * What the schema gives.
 *
 * @internal
 */
type Parsed = z.infer<typeof resolvedSchema>;

/** What a run computes with. */
export type Resolved = Parsed;

/**
 * Two stages at once, each with half the CPUs, train small networks faster than one with all of them:
 * Npre 2x runs beside Npre -> Ncf. bfloat16 only where the hardware multiplies it. FAISS wherever it can
 * use the device; otherwise the tiled torch engine. Throws a UserError where CUDA, or a GPU, is asked for in vain.
 *
 * @example On two CPUs without a GPU
 * ```ts
 * import { defaultExperiment, parseConfig, resolve } from "clusterfit";
 *
 * const config = parseConfig(defaultExperiment.schema, {});
 * const machine = { threads: 2, bf16: false, cuda: null, faissGpu: false };
 * console.log(resolve(config, machine).precision); // float32
 * ```
 */
export function resolve(
  config: Pick<MethodConfig, "device" | "precision" | "threads" | "workers" | "clustering">,
  machine: Pick<Description, "threads" | "bf16" | "cuda" | "faissGpu">,
): Resolved {
  const device = config.device === "auto" ? (machine.cuda ? "cuda" : "cpu") : config.device;
  const cuda = device.startsWith("cuda");
  if (cuda && !machine.cuda) {
    throw new UserError(
      `Cannot compute on ${device}: it needs an NVIDIA GPU that PyTorch can use, found none. ` +
        "Use --device cpu (an experiment of the paper: --scale small), or install the driver and the CUDA build of " +
        "PyTorch (`deno task setup`).",
    );
  }
  const index = Number(/^cuda:(\d+)$/.exec(device)?.[1] ?? 0);
  if (cuda && machine.cuda && index >= machine.cuda.count) {
    const last = machine.cuda.count - 1;
    throw new UserError(
      `Cannot compute on ${device}: it needs a GPU of that number, found ` +
        `${last === 0 ? "one, cuda:0" : `${last + 1}, cuda:0 to cuda:${last}`}. Give one of these.`,
    );
  }
  const workers = config.workers === "auto" ? Math.min(2, machine.threads) : config.workers;
  const threads = config.threads === "auto"
    ? Math.max(1, Math.floor(machine.threads / workers))
    : config.threads;
  const fast = cuda || machine.bf16 ? "bfloat16" : "float32";
  const kmeans = cuda && !machine.faissGpu ? "torch" : "faiss";
  return {
    device,
    precision: config.precision === "auto" ? fast : config.precision,
    threads,
    workers,
    kmeans: config.clustering.engine === "auto" ? kmeans : config.clustering.engine,
  };
}
