/** A suite is one process that runs tests and leaves a JUnit report: a test file, or all of pytest. */
import { join } from "node:path";
import { countJunit, type Counts, formatCounts, none, skippedTests, sumCounts } from "./junit.ts";
import { limitTime } from "./time_limit.ts";
import { readTextIfThere } from "../../src/pipeline/files.ts";

export interface Suite {
  readonly name: string;
  readonly command: readonly [program: string, ...args: readonly string[]];
  readonly cwd: string;
  /** Variables beside those that every suite gets. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where the command leaves its report. */
  readonly junit: string;
}

export interface SuiteResult {
  readonly suite: Suite;
  readonly counts: Counts;
  /** Names of the tests that were skipped. */
  readonly skipped: readonly string[];
  readonly seconds: number;
  /** Whether it was ended because it took too long. */
  readonly timedOut: boolean;
  readonly output: string;
}

/** A process per file: CPython starts once per process, and no file can disturb another. */
export function denoSuite(root: string, file: string, reports: string): Suite {
  const junit = join(reports, `${file.replaceAll("/", ".")}.xml`);
  const args = ["test", "--allow-all", "--no-check", `--junit-path=${junit}`, file];
  return { name: file, command: [Deno.execPath(), ...args], cwd: root, junit };
}

/** All tests of test/py, or those files of it that are named. */
export function pytestSuite(
  root: string,
  python: string,
  reports: string,
  files: readonly string[] = [],
): Suite {
  const junit = join(reports, "pytest.xml");
  const paths = files.map((file) => join(root, "test/py", file));
  return {
    name: "test/py (pytest)",
    command: [python, "-m", "pytest", `--junit-xml=${junit}`, ...paths],
    cwd: join(root, "py"),
    junit,
  };
}

/**
 * The suite as on a CPU without AVX-512, which a larger one can play. That the variables take effect
 * is tested in test/py/test_onednn.py.
 */
export function withAvx2(suite: Suite): Suite {
  return {
    ...suite,
    name: `${suite.name} with AVX2`,
    env: { ONEDNN_MAX_CPU_ISA: "AVX2", ATEN_CPU_CAPABILITY: "avx2" },
  };
}

/** How suites are run. */
export interface Limits {
  readonly env: Readonly<Record<string, string>>;
  /** Of a suite, without the time in which it was kept waiting for a CPU; see `limitTime`. */
  readonly timeoutSeconds: number;
}

/** Several times what the longest suite takes: only a hang lasts as long. */
export const timeoutSeconds = { quick: 600, slow: 2400 };

/** Runs suites, `width` at a time, says how each went and what it skipped, and gives the sum. */
export async function runSuites(
  suites: readonly Suite[],
  { width, ...limits }: Limits & { readonly width: number },
): Promise<Counts> {
  const all: Counts[] = [];
  await runPool(suites, width, async (suite) => {
    const { counts, skipped, seconds, output } = await runSuite(suite, limits);
    all.push(counts);
    if (counts.failed > 0) console.log(output);
    const mark = counts.failed > 0 ? "FAILED" : "ok";
    const place = `[${all.length}/${suites.length}]`;
    console.log(
      `${place} ${mark} ${suite.name}: ${formatCounts(counts)} (${seconds.toFixed(1)} s)`,
    );
    for (const name of skipped) console.log(`  skipped: ${name}`);
  });
  return sumCounts(all);
}

/** Runs a suite. One that dies, hangs or leaves no report counts as one failed test at least. */
export async function runSuite(
  suite: Suite,
  { env, timeoutSeconds }: Limits,
): Promise<SuiteResult> {
  const started = performance.now();
  const [program, ...args] = suite.command;
  const stop = new AbortController();
  const child = new Deno.Command(program, {
    args,
    cwd: suite.cwd,
    env: { ...env, ...suite.env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    signal: stop.signal,
  }).spawn();
  using _limit = limitTime(child.pid, timeoutSeconds, () => stop.abort());
  const { code, signal, stdout, stderr } = await child.output();
  const seconds = (performance.now() - started) / 1000;
  const report = await readTextIfThere(suite.junit);
  const counts = report === undefined ? none : countJunit(report);
  const skipped = report === undefined ? [] : skippedTests(report);
  const output = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("");
  const timedOut = stop.signal.aborted;
  if (code === 0 || counts.failed > 0) return { suite, counts, skipped, seconds, timedOut, output };
  const ended = signal === null ? `exit code ${code}` : `${signal} after ${seconds.toFixed(0)} s`;
  return {
    suite,
    counts: { ...counts, failed: 1 },
    skipped,
    seconds,
    timedOut,
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
