/** What the tests of the bridge share. */
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type PyObject, python } from "clusterfit/python";
import { limitTime } from "../../tasks/lib/time_limit.ts";
import { hangSeconds, until } from "../until.ts";

await python.start();

/** Runs Python source and gives its globals. */
export function run(source: string): Record<string, PyObject> {
  using namespace = python.builtins.method("dict") as PyObject;
  python.builtins.method("exec", source, namespace);
  return namespace.toJs({ depth: 1 }) as Record<string, PyObject>;
}

/** The value of a Python expression. */
export function evaluate(expression: string): PyObject {
  using namespace = python.builtins.method("dict") as PyObject;
  return python.builtins.method("eval", expression, namespace) as PyObject;
}

/** Number of references to an object, less the one that the question itself makes. */
export function references(object: PyObject): number {
  return python.import("sys").method("getrefcount", object) as number;
}

/** A test of what not every environment has; skipped, and named with what is missing. */
export function testWith(
  modules: readonly string[],
  name: string,
  fn: () => void | Promise<void>,
): void {
  const find = python.import("importlib.util").attr("find_spec") as PyObject;
  const missing = modules.filter((module) => find.call(module.split(".")[0]!) === null);
  if (missing.length === 0) Deno.test(name, fn);
  else Deno.test({ name: `${name} (needs ${missing.join(", ")})`, ignore: true, fn });
}

/** Runs both garbage collectors until nothing waits to be released. */
export async function collectAll(): Promise<void> {
  for (let i = 0; i < 3; i++) {
    let finalized = false;
    const registry = new FinalizationRegistry(() => finalized = true);
    (() => registry.register({}, null))();
    await until(() => {
      if (!finalized) collectJs();
      return finalized; // between two turns, and so are finalizers that were due before
    });
    python.import("gc").method("collect");
  }
}

/** Runs the garbage collector of JS. */
export const collectJs: () => void = (() => {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc");
})();

const prelude = `
import { kw, python, PyObject, PythonError } from "clusterfit/python";
import { turn, until } from "${import.meta.resolve("../until.ts")}";
await python.start();
const namespace = python.builtins.method("dict") as PyObject;
const exec = (source: string) => python.builtins.method("exec", source, namespace);
const py = (name: string) => namespace.item(name) as PyObject;
`;

/** How a child process ended. */
export interface Ending {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs TypeScript in a process of its own, with `exec` and `py` for Python source and its globals. */
export function inChild(source: string, options: { bare?: boolean } = {}): Promise<Ending> {
  return child(["--ext=ts", "-"], options.bare ? source : prelude + source);
}

/** Runs one of this folder's programs in a process of its own. */
export function runProgram(file: string, args: readonly string[]): Promise<Ending> {
  return child([fileURLToPath(new URL(file, import.meta.url)), ...args], "");
}

/** One that hangs is ended, which its exit code tells. */
async function child(args: readonly string[], input: string): Promise<Ending> {
  const stop = new AbortController();
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--no-check", ...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1" },
    signal: stop.signal,
  }).spawn();
  using _limit = limitTime(process.pid, hangSeconds, () => stop.abort());
  const writer = process.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { code, stdout, stderr } = await process.output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, stdout: out!, stderr: err! };
}
