/**
 * `deno task test [--slow] [part of a file's name ...]`: the TypeScript tests, a process per file,
 * and pytest, those of training a second time as on a CPU without AVX-512; closes with one line that
 * counts all. `--slow` runs the `*.slow.test.ts` alone.
 */
import { join } from "node:path";
import { UserError } from "../src/pipeline/errors.ts";
import { readArguments } from "./lib/arguments.ts";
import { currentEnvironment } from "./lib/environment.ts";
import { formatCounts, sumCounts } from "./lib/junit.ts";
import { runTask } from "./lib/run_task.ts";
import { sourceFiles } from "./lib/source_files.ts";
import {
  denoSuite,
  pytestSuite,
  runSuites,
  type Suite,
  timeoutSeconds,
  withAvx2,
} from "./lib/suite.ts";
import { ensureSetup } from "./setup.ts";

/** Test files at a time. Slow ones mostly wait for processes that start on one core each. */
const width = {
  quick: Math.min(navigator.hardwareConcurrency, 4),
  slow: Math.min(navigator.hardwareConcurrency, 2),
};

/** Trains on every core from end to end: beside others, its threads would wait for each other. */
const alone = new Set(["test/e2e/train.slow.test.ts"]);

/** Tests of training: whether PyTorch computes with AVX-512 or with AVX2, they hold. */
const trainingTests = {
  py: ["test_training.py", "test_models.py", "test_objectives.py", "test_features.py"],
  deno: ["test/engine/engine.test.ts"],
};

async function test(): Promise<number> {
  const { values: { slow }, positionals: parts } = readArguments({
    options: { slow: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const speed = slow ? "slow" : "quick";
  const { python, venv } = await ensureSetup({ dev: true });
  const reports = await Deno.makeTempDir({ prefix: "clusterfit-tests-" });
  try {
    const suites = chooseSuites({ slow, parts, python, reports });
    const limits = {
      env: { VIRTUAL_ENV: venv, NO_COLOR: "1" },
      timeoutSeconds: timeoutSeconds[speed],
    };
    const [first, others] = [true, false].map((is) =>
      suites.filter(({ name }) => alone.has(name) === is)
    );
    const total = sumCounts([
      await runSuites(first!, { ...limits, width: 1 }),
      await runSuites(others!, { ...limits, width: width[speed] }),
    ]);
    console.log(formatCounts(total));
    return total.failed === 0 ? 0 : 1;
  } finally {
    await Deno.remove(reports, { recursive: true });
  }
}

function chooseSuites({ slow, parts, python, reports }: {
  readonly slow: boolean;
  readonly parts: readonly string[];
  readonly python: string;
  readonly reports: string;
}): Suite[] {
  const { root } = currentEnvironment();
  const files = sourceFiles(root, "test").filter((file) =>
    file.endsWith(".test.ts") && file.endsWith(".slow.test.ts") === slow
  );
  const avx2Reports = join(reports, "avx2");
  Deno.mkdirSync(avx2Reports);
  // pytest takes longest: it starts first.
  const suites = [
    ...(slow ? [] : [
      pytestSuite(root, python, reports),
      withAvx2(pytestSuite(root, python, avx2Reports, trainingTests.py)),
      ...trainingTests.deno.map((file) => withAvx2(denoSuite(root, file, avx2Reports))),
    ]),
    ...files.map((file) => denoSuite(root, file, reports)),
  ].filter(({ name }) => parts.length === 0 || parts.some((part) => name.includes(part)));
  if (suites.length === 0) {
    throw new UserError(
      `No ${slow ? "slow" : "quick"} test file's name has ${parts.join(" or ")}.`,
    );
  }
  return suites;
}

await runTask(test);
