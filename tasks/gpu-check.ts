/**
 * `deno task gpu-check [--json] [--cpu] [--out <folder>]`: the default job on the GPU, and k-means there
 * against FAISS on the CPU. Exit code 1 where an objective is off, 2 where there is no GPU. The run folder
 * is temporary unless `--out` is given.
 */
import process from "node:process";
import type { Output } from "../src/cli/output.ts";
import { EngineError } from "../src/engine/mod.ts";
import { removeIfThere } from "../src/pipeline/files.ts";
import { UserError } from "../src/pipeline/errors.ts";
import { checkGpu, isSound } from "./gpu_check/check.ts";
import { readArguments } from "./lib/arguments.ts";
import { runTask } from "./lib/run_task.ts";
import { ensureSetup } from "./setup.ts";

/** The job's progress goes to stderr; its result is part of the check's. */
const output: Output = {
  stream: process.stderr,
  live: false,
  line: (text) => void process.stderr.write(`${text}\n`),
  result: () => {},
};

async function main(): Promise<number> {
  const { values: { json, cpu, out } } = readArguments({
    options: {
      json: { type: "boolean", default: false },
      cpu: { type: "boolean", default: false },
      out: { type: "string" },
    },
  });
  Deno.env.set("VIRTUAL_ENV", (await ensureSetup()).venv);
  const folder = out ?? await Deno.makeTempDir({ prefix: "clusterfit-gpu-check-" });
  try {
    const checked = await checkGpu({ cpu, out: folder, output });
    if (!checked) return 130;
    console.log(json ? JSON.stringify(checked.found) : `\n${checked.table}`);
    return isSound(checked.found) ? 0 : 1;
  } catch (error) {
    if (error instanceof EngineError) throw new UserError(error.message, { cause: error });
    throw error;
  } finally {
    if (out === undefined) await removeIfThere(folder);
  }
}

await runTask(main);
