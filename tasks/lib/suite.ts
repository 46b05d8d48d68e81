/** A suite is one process that runs tests and leaves a JUnit report: a test file, or all of pytest. */
import { join } from "node:path";
import { countJunit, type Counts, none } from "./junit.ts";
import { readTextIfThere } from "../../src/pipeline/files.ts";

export interface Suite {
  readonly name: string;
  readonly command: readonly [program: string, ...args: readonly string[]];
  readonly cwd: string;
  /** Where the command leaves its report. */
  readonly junit: string;
}

export interface SuiteResult {
  readonly suite: Suite;
  readonly counts: Counts;
  readonly seconds: number;
  readonly output: string;
}

/** A process per file: CPython starts once per process, and no file can disturb another. */
export function denoSuite(root: string, file: string, reports: string): Suite {
  const junit = join(reports, `${file.replaceAll("/", ".")}.xml`);
  const args = ["test", "--allow-all", "--no-check", `--junit-path=${junit}`, file];
  return { name: file, command: [Deno.execPath(), ...args], cwd: root, junit };
}

export function pytestSuite(root: string, python: string, reports: string): Suite {
  const junit = join(reports, "pytest.xml");
  return {
    name: "test/py (pytest)",
    command: [python, "-m", "pytest", `--junit-xml=${junit}`],
    cwd: join(root, "py"),
    junit,
  };
}

/** Runs a suite. One that dies, hangs or leaves no report counts as one failed test at least. */
export async function runSuite(
  suite: Suite,
  { env, timeoutSeconds }: {
    readonly env: Readonly<Record<string, string>>;
    readonly timeoutSeconds: number;
  },
): Promise<SuiteResult> {
  const started = performance.now();
  const [program, ...args] = suite.command;
  const { code, signal, stdout, stderr } = await new Deno.Command(program, {
    args,
    cwd: suite.cwd,
    env,
    stdin: "null",
    signal: AbortSignal.timeout(timeoutSeconds * 1000),
  }).output();
  const seconds = (performance.now() - started) / 1000;
  const report = await readTextIfThere(suite.junit);
  const counts = report === undefined ? none : countJunit(report);
  const output = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("");
  if (code === 0 || counts.failed > 0) return { suite, counts, seconds, output };
  const ended = signal === null ? `exit code ${code}` : `${signal} after ${seconds.toFixed(0)} s`;
  return {
    suite,
    counts: { ...counts, failed: 1 },
    seconds,
    output: `${output}\n${suite.name} ended with ${ended}\n`,
  };
}

/** Runs `work` on every item, `width` at a time, in order of start. */
export async function runPool<Item>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  await Promise.all(Array.from({ length: width }, async () => {
    for (const item of queue) await work(item);
  }));
}
