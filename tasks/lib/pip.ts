/** Runs pip on a locked requirements file, tells how far it is and explains how it failed. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../src/pipeline/errors.ts";
import { adviceFor } from "./advice.ts";
import { linesOf } from "./lines.ts";
import { normalise, PipProgress } from "./pip_progress.ts";
import type { Progress } from "./progress.ts";

/** The index of PyTorch's CPU builds for Linux, which PyPI does not hold. */
const torchIndex = "https://download.pytorch.org/whl/cpu";

/**
 * Installs every package of a lock file, without looking at dependencies: the lock holds them all.
 *
 * @throws {UserError} where the network, the disk or the index is in the way.
 */
export async function installRequirements(
  { python, sitePackages, file, progressBar, update }: {
    readonly python: string;
    readonly sitePackages: string;
    readonly file: string;
    readonly progressBar: "off" | "raw";
    readonly update: (progress: Progress) => void;
  },
): Promise<void> {
  const progress = new PipProgress(countPackages(await Deno.readTextFile(file)));
  const run = (...extra: string[]) =>
    pip(
      python,
      [...installArguments, `--progress-bar=${progressBar}`, ...extra, "--requirement", file],
      (line) => {
        const next = progress.read(line);
        if (next !== undefined) update(next);
      },
    );
  const watch = setInterval(() => {
    const next = progress.installed(packagesIn(sitePackages));
    if (next !== undefined) update(next);
  }, 250);
  try {
    let result = await run();
    // An index that does not hold the CPU build answers at once; one that does is asked alone.
    if (
      !result.success && /No matching distribution found for torch==\S+\+cpu/.test(result.errors)
    ) {
      result = await run("--extra-index-url", torchIndex);
    }
    if (!result.success) throw new UserError(explainPip(result.errors, python));
  } finally {
    clearInterval(watch);
  }
}

/** pip itself, where a tool has made the environment without it. */
export async function ensurePip(python: string): Promise<void> {
  if ((await pip(python, ["--version"], () => {})).success) return;
  const { success, errors } = await runModule(python, "ensurepip", [], () => {});
  if (!success) throw new UserError(explainPip(errors, python));
}

/** Removes packages if they are there. */
export async function uninstall(python: string, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const { success, errors } = await pip(python, ["uninstall", "--yes", ...names], () => {});
  if (!success) throw new UserError(explainPip(errors, python));
}

const installArguments = [
  "install",
  "--no-deps",
  "--only-binary=:all:",
  "--no-input",
  "--retries=2",
];

function pip(python: string, args: readonly string[], onLine: (line: string) => void) {
  return runModule(python, "pip", args, onLine);
}

async function runModule(
  python: string,
  module: string,
  args: readonly string[],
  onLine: (line: string) => void,
): Promise<{ success: boolean; errors: string }> {
  const child = new Deno.Command(python, {
    args: ["-m", module, ...args],
    env: { PIP_DISABLE_PIP_VERSION_CHECK: "1", PYTHONUNBUFFERED: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const errors: string[] = [];
  await Promise.all([
    (async () => {
      for await (const line of linesOf(child.stdout)) onLine(line);
    })(),
    (async () => {
      for await (const line of linesOf(child.stderr)) errors.push(line);
    })(),
  ]);
  return { success: (await child.status).success, errors: errors.join("\n") };
}

/** pip's last complaint, with advice. */
function explainPip(errors: string, python: string): string {
  const said = errors.split("\n").findLast((line) => line.startsWith("ERROR: ")) ??
    errors.trim().split("\n").at(-1) ?? "";
  const advice = adviceFor(errors) ??
    `To see all that pip says: ${python} -m pip install --no-deps -r py/requirements.txt`;
  return `Installing Python packages failed: ${said.replace(/^ERROR: /, "")}\n${advice}`;
}

/** A package may stand on several lines, each for another platform. */
function countPackages(requirements: string): number {
  return new Set(requirements.match(/^[A-Za-z0-9_.-]+(?===)/gm)).size;
}

/** Normalised names of the packages that pip has put in place: it writes `INSTALLER` last. */
function packagesIn(sitePackages: string): Set<string> {
  const folders = existsSync(sitePackages) ? [...Deno.readDirSync(sitePackages)] : [];
  const names = folders.flatMap(({ name }) => {
    const distribution = /^(.+?)-[^-]+\.dist-info$/.exec(name)?.[1];
    return distribution !== undefined && existsSync(join(sitePackages, name, "INSTALLER"))
      ? [normalise(distribution)]
      : [];
  });
  return new Set(names);
}

/** Where a virtual environment keeps its packages. */
export function sitePackagesOf(prefix: string, version: string): string {
  const [short] = /^\d+\.\d+/.exec(version) ?? [version];
  return join(prefix, "lib", `python${short}`, "site-packages");
}
