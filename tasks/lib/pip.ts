/** Runs pip on a locked requirements file, tells how far it is and explains how it failed. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { UserError } from "../../src/pipeline/errors.ts";
import { adviceFor } from "./advice.ts";
import { linesOf } from "./lines.ts";
import { normalise, PipProgress } from "./pip_progress.ts";
import type { Progress } from "./progress.ts";
import {
  besideTorch,
  defaultBuildLock,
  missingCpuWheel,
  missingTorch,
  otherPython,
  type PipEnd,
  pythonsWithWheel,
  sizes,
} from "./torch_wheel.ts";

/** The index of PyTorch's CPU builds for Linux, which PyPI does not hold. */
const torchIndex = "https://download.pytorch.org/whl/cpu";

interface Installation {
  readonly python: string;
  /** For example `3.12.1`. */
  readonly version: string;
  readonly sitePackages: string;
  /** The lock file. */
  readonly file: string;
  readonly progressBar: "off" | "raw";
  readonly update: (progress: Progress) => void;
  /** Tells what takes longer than expected. */
  readonly say: (text: string) => void;
}

/**
 * Installs every package of a lock file, without looking at dependencies: the lock holds them all. Where no
 * CPU wheel of PyTorch is served for this Python, the default build is taken.
 *
 * @throws {UserError} where the network, the disk or the index is in the way.
 */
export async function installRequirements(installation: Installation): Promise<void> {
  const { python, file } = installation;
  const args = ["--requirement", file];
  const packages = countPackages(await Deno.readTextFile(file));
  let result = await install(installation, packages, args);
  // An index that does not hold the CPU build answers at once; one that does is asked alone.
  if (missingCpuWheel(result) !== undefined) {
    result = await install(installation, packages, ["--extra-index-url", torchIndex, ...args]);
  }
  if (result.success) return;
  const wheel = missingCpuWheel(result);
  if (wheel === undefined) throw new UserError(explainPip(result.errors, python, args));
  await installDefaultBuild(installation, wheel);
}

async function installDefaultBuild(installation: Installation, wheel: string): Promise<void> {
  const { python, version, file, say } = installation;
  const served = await pythonsWithWheel(wheel, async (other) => {
    const question = ["index", "versions", "torch", "--only-binary=:all:"];
    const { output } = await pip(
      python,
      [...question, `--python-version=${other}`, "--extra-index-url", torchIndex],
      () => {},
    );
    return output;
  });
  const [short] = /^\d+\.\d+/.exec(version) ?? [version];
  const lacking = `PyTorch ${wheel} has no wheel for Python ${short} where pip looks`;
  const { os, arch } = Deno.build;
  if (os !== "linux" || arch !== "x86_64") {
    throw new UserError(`Cannot install Python packages: ${lacking}. ${otherPython(served)}`);
  }
  say(`${lacking}. ${otherPython(served)}`);
  say(
    `Taking the default build: ${sizes.defaultBuild} to fetch in place of ${sizes.cpu}. Ctrl-C stops it.`,
  );
  const beside = besideTorch(await Deno.readTextFile(file));
  const text = defaultBuildLock(
    await Deno.readTextFile(join(dirname(file), "requirements-cuda.txt")),
  );
  const lock = join(dirname(file), "..", ".cache", "requirements-default.txt"); // as pip's complaint names it
  await Deno.writeTextFile(lock, text);
  const steps = [
    { args: beside, packages: beside.length },
    { args: ["--requirement", lock], packages: countPackages(text) },
  ];
  for (const { args, packages } of steps) {
    const result = await install(installation, packages, args);
    if (result.success) continue;
    throw new UserError(
      missingTorch(result) === undefined
        ? explainPip(result.errors, python, args)
        : `Cannot install Python packages: ${lacking}, and the default build has none either. ` +
          otherPython(served),
    );
  }
}

/** One `pip install`, with its progress. */
async function install(
  { python, sitePackages, progressBar, update }: Installation,
  packages: number,
  args: readonly string[],
): Promise<PipEnd> {
  const progress = new PipProgress(packages);
  const show = (next: Progress | undefined) => next !== undefined && update(next);
  const watch = setInterval(() => show(progress.installed(packagesIn(sitePackages))), 250);
  try {
    return await pip(
      python,
      [...installArguments, `--progress-bar=${progressBar}`, ...args],
      (line) => show(progress.read(line)),
    );
  } finally {
    clearInterval(watch);
  }
}

/** pip itself, where a tool has made the environment without it. */
export async function ensurePip(python: string): Promise<void> {
  if ((await pip(python, ["--version"], () => {})).success) return;
  const { success, errors } = await runModule(python, "ensurepip", [], () => {});
  if (!success) throw new UserError(explainPip(errors, python, []));
}

/** Removes packages if they are there. */
export async function uninstall(python: string, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const { success, errors } = await pip(python, ["uninstall", "--yes", ...names], () => {});
  if (!success) throw new UserError(explainPip(errors, python, []));
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
): Promise<PipEnd> {
  const child = new Deno.Command(python, {
    args: ["-m", module, ...args],
    env: { PIP_DISABLE_PIP_VERSION_CHECK: "1", PYTHONUNBUFFERED: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const output: string[] = [];
  const errors: string[] = [];
  await Promise.all([
    (async () => {
      for await (const line of linesOf(child.stdout)) {
        output.push(line);
        onLine(line);
      }
    })(),
    (async () => {
      for await (const line of linesOf(child.stderr)) errors.push(line);
    })(),
  ]);
  const { success } = await child.status;
  return { success, output: output.join("\n"), errors: errors.join("\n") };
}

/** pip's last complaint, with advice; `args`: what it was to install. */
function explainPip(errors: string, python: string, args: readonly string[]): string {
  const said = errors.split("\n").findLast((line) => line.startsWith("ERROR: ")) ??
    errors.trim().split("\n").at(-1) ?? "";
  const advice = adviceFor(errors) ??
    `To see all that pip says: ${[python, "-m", "pip", ...installArguments, ...args].join(" ")}`;
  return `Cannot install Python packages: ${said.replace(/^ERROR: /, "")}\n${advice}`;
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
