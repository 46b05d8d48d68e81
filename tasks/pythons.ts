/**
 * `deno task test:pythons [part of a file's name ...]`: the bridge's quick tests on each CPython that
 * it supports and this machine has. What is missing, a whole version or what a test needs, is skipped
 * aloud; a version counts as one test skipped.
 */
import { join } from "node:path";
import { UserError } from "../src/pipeline/errors.ts";
import { readArguments } from "./lib/arguments.ts";
import { currentEnvironment, type Environment } from "./lib/environment.ts";
import { type Counts, formatCounts, none, sumCounts } from "./lib/junit.ts";
import { ensureTestVenv, findPythons } from "./lib/pythons.ts";
import { runTask } from "./lib/run_task.ts";
import { lockSetup } from "./lib/setup_lock.ts";
import { sourceFiles } from "./lib/source_files.ts";
import { denoSuite, runSuites, type Suite, timeoutSeconds } from "./lib/suite.ts";

async function pythons(): Promise<number> {
  const { positionals: parts } = readArguments({ allowPositionals: true });
  const environment = currentEnvironment();
  const files = sourceFiles(environment.root, "test/python")
    .filter((file) => file.endsWith(".test.ts") && !file.endsWith(".slow.test.ts"))
    .filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)));
  if (files.length === 0) {
    throw new UserError(`No quick test file's name in test/python has ${parts.join(" or ")}.`);
  }
  const skipped: Counts[] = [];
  const suites: Suite[] = [];
  const reports = await Deno.makeTempDir({ prefix: "clusterfit-tests-" });
  try {
    for (const { version, found } of findPythons(environment)) {
      if (typeof found === "string") {
        console.log(`== Python ${version}: skipped: ${found}`);
        skipped.push({ ...none, skipped: 1 });
      } else {
        console.log(`== Python ${found.version} (${found.executable})`);
        suites.push(...await suitesOn({ version, found }, files, reports, environment));
      }
    }
    // Of all of them at once: the last file of each would leave a core idle.
    const tested = await runSuites(suites, {
      env: { NO_COLOR: "1" },
      timeoutSeconds: timeoutSeconds.quick,
      width: Math.min(navigator.hardwareConcurrency, 4),
    });
    const total = sumCounts([...skipped, tested]);
    console.log(formatCounts(total));
    return total.failed === 0 ? 0 : 1;
  } finally {
    await Deno.remove(reports, { recursive: true });
  }
}

/** The tests on one of them, in a virtual environment of its own. */
async function suitesOn(
  python: Parameters<typeof ensureTestVenv>[0],
  files: readonly string[],
  reports: string,
  environment: Environment,
): Promise<Suite[]> {
  using _lock = await lockSetup(environment);
  const venv = await ensureTestVenv(python, environment);
  const folder = join(reports, python.version);
  await Deno.mkdir(folder);
  return files.map((file) => {
    const suite = denoSuite(environment.root, file, folder);
    return { ...suite, name: `${python.version} ${file}`, env: { VIRTUAL_ENV: venv } };
  });
}

await runTask(pythons);
