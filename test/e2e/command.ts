/** The command as its user starts it, in a process of its own, on a world small enough for a test. */
import { join } from "node:path";
import { canonicalJson } from "../../src/pipeline/json.ts";
import { manifestSchema } from "../../src/pipeline/artifact.ts";
import { folderNames } from "../../src/pipeline/store.ts";

const root = new URL("../../", import.meta.url);

/** A run of a few seconds: every stage, few images. */
export const small = [
  ["images", 600],
  ["targetSize", 30],
  ["width", 8],
  ["training.batchSize", 64],
  ["clustering.iterations", 5],
  ["probe.layerBudget", 64],
  ["probe.costs", "[0.01]"],
].flatMap(([key, value]) => ["--set", `${key}=${value}`]).concat(["--epochs", "2", "--k", "20"]);

type Task = "clusterfit" | "reproduce";

/** The command line of a task with `args`, as one starts it without `deno task`. */
export const commandLine = (
  args: readonly string[],
  task: Task = "clusterfit",
): [string, ...string[]] => [
  Deno.execPath(),
  ...["run", "-A", new URL(`tasks/${task}.ts`, root).pathname, ...args],
];

export function start(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  task?: Task,
): Deno.ChildProcess {
  const [program, ...rest] = commandLine(args, task);
  return new Deno.Command(program, {
    args: rest,
    env,
    cwd: root,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function run(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  task?: Task,
): Promise<Ended> {
  const { code, stdout, stderr } = await start(args, env, task).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: decode(stdout), stderr: decode(stderr) };
}

/** The one run folder under `out`. */
export async function onlyRun(out: string): Promise<string> {
  const [name, ...others] = (await folderNames(out)).filter((name) =>
    !["objects", "plans"].includes(name)
  );
  if (name === undefined || others.length > 0) throw new Error(`${out} needs exactly one run`);
  return join(out, name);
}

/** Node -> canonical manifest: the SHA-256 of every file a run made. */
export async function manifests(out: string): Promise<Record<string, string>> {
  const run = await onlyRun(out);
  const found: Record<string, string> = {};
  for (const node of await folderNames(join(run, "artifacts"))) {
    const text = await Deno.readTextFile(join(run, "artifacts", node, "manifest.json"));
    found[node] = canonicalJson(manifestSchema.parse(JSON.parse(text)));
  }
  return found;
}
