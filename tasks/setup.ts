/**
 * `deno task setup [--with timm,onnx] [--dev]`: a virtual environment with the locked Python packages; `--with`
 * adds those that only some runs need, `--dev` all of them and those that the checks and tests need. Says what it does and how far it is; silent, and well under a second, when all
 * is there. The npm packages are Deno's part: `deno task` installs what deno.lock names, and says so,
 * before it starts anything.
 */
import { join } from "node:path";
import { type Extra, type Install, parseExtras } from "../src/steps/extras.ts";
import { UserError } from "../src/pipeline/errors.ts";
import { removeIfThere } from "../src/pipeline/files.ts";
import type { Interpreter } from "../src/python/discover.ts";
import { adviceFor } from "./lib/advice.ts";
import { readArguments } from "./lib/arguments.ts";
import { findBasePython } from "./lib/base_python.ts";
import { currentEnvironment, type Environment } from "./lib/environment.ts";
import { installRequirements, sitePackagesOf, uninstall } from "./lib/pip.ts";
import { withProgress } from "./lib/progress.ts";
import { detectBuild, type Requirements, requirementsFor } from "./lib/requirements.ts";
import { runTask } from "./lib/run_task.ts";
import { lockSetup } from "./lib/setup_lock.ts";
import { readStamp, withInstalled, withoutInstalled, writeStamp } from "./lib/stamp.ts";
import { chooseVenv, interpreterOf, prepareVenv, type Venv } from "./lib/venv.ts";

export interface Ready {
  /** The environment's interpreter. */
  readonly python: string;
  /** The environment's folder: what `VIRTUAL_ENV` is to be for anything that looks for Python. */
  readonly venv: string;
  readonly version: string;
}

/**
 * Makes sure that every package is there; `dev` adds ruff, pyright and pytest, and every extra.
 *
 * @throws {UserError} one message that says what is missing and how to mend it.
 */
export async function ensureSetup(
  { dev = false, extras = [], environment = currentEnvironment() }: {
    readonly dev?: boolean;
    readonly extras?: readonly Extra[];
    readonly environment?: Environment;
  } = {},
): Promise<Ready> {
  const started = performance.now();
  const venv = chooseVenv(environment);
  const required = requirementsFor(environment.root, await detectBuild(environment), {
    dev,
    extras,
  });
  Deno.env.delete("PYTHONHOME"); // as activating an environment does: it would hide the packages there
  const named = environment.variables["CLUSTERFIT_PYTHON"];
  const base = named ? findBasePython(environment) : undefined;
  const found = interpreterOf(venv, base);
  if (typeof found !== "string" && (await missing(venv, required)).length === 0) {
    return ready(venv, found);
  }
  try {
    using _lock = await lockSetup(environment);
    const interpreter = await prepareVenv(venv, environment, base);
    await installMissing(venv, interpreter, required, environment);
    const seconds = (performance.now() - started) / 1000;
    const { version, prefix } = interpreter;
    environment.screen.write(`Python ${version} (${prefix}) ready in ${seconds.toFixed(1)} s\n`);
    return ready(venv, interpreter);
  } catch (error) {
    await removeIfEmpty(venv);
    throw explained(error);
  }
}

/** A disk that is full or cannot be written is the user's to mend. */
function explained(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof UserError) return error;
  const advice = adviceFor(error.message);
  if (advice === undefined) return error;
  return new UserError(`Cannot set up Python: ${error.message}\n${advice}`, { cause: error });
}

function ready(venv: Venv, { executable, version }: Interpreter): Ready {
  return { python: executable, venv: venv.path, version };
}

/** An environment of ours that a failed set-up leaves without a single package is not left behind. */
async function removeIfEmpty(venv: Venv): Promise<void> {
  const stamp = await readStamp(venv.path);
  if (!venv.ours || stamp === undefined || Object.keys(stamp.installed).length > 0) return;
  await removeIfThere(venv.path);
}

async function missing(venv: Venv, required: readonly Requirements[]): Promise<Requirements[]> {
  const stamp = await readStamp(venv.path);
  return required.filter(({ file, sha256 }) => stamp?.installed[file] !== sha256);
}

async function installMissing(
  venv: Venv,
  { executable: python, prefix, version }: Interpreter,
  required: readonly Requirements[],
  { root, screen }: Environment,
): Promise<void> {
  const steps = await missing(venv, required);
  if (!venv.ours) screen.write(`installing into the active environment ${venv.path}\n`);
  for (const [index, requirements] of steps.entries()) {
    const { title, progressBar, replaces } = requirements;
    const file = join(root, "py", requirements.file);
    const stamp = withoutInstalled(await readStamp(venv.path), requirements);
    await writeStamp(venv.path, stamp);
    await withProgress(
      { title: `[${index + 1}/${steps.length}] ${title}:`, screen },
      async (update) => {
        await uninstall(python, replaces?.packages ?? []);
        const sitePackages = sitePackagesOf(prefix, version);
        const say = (text: string) => screen.write(`${screen.live ? "\r\x1b[2K" : ""}${text}\n`);
        await installRequirements({
          python,
          version,
          sitePackages,
          file,
          progressBar,
          update,
          say,
        });
      },
    );
    await writeStamp(venv.path, withInstalled(stamp, requirements));
  }
}

/** Installs extras as a command asks for them. */
export const install: Install = async (extras) => {
  await ensureSetup({ extras });
};

if (import.meta.main) {
  await runTask(async () => {
    const { values } = readArguments({
      options: {
        dev: { type: "boolean", default: false },
        with: { type: "string" },
      },
    });
    const extras = values.with === undefined ? [] : parseExtras(values.with);
    const { version, venv } = await ensureSetup({ dev: values.dev, extras });
    console.log(`All is set up: Python ${version} in ${venv}`);
    return 0;
  });
}
