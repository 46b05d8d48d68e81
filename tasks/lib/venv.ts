/** The virtual environment: the one that is active, else `.venv`, made and repaired here. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../src/pipeline/errors.ts";
import { removeIfThere } from "../../src/pipeline/files.ts";
import { findInterpreter, type Interpreter, InterpreterError } from "../../src/python/discover.ts";
import { type BasePython, findBasePython, supported, versionProblem } from "./base_python.ts";
import type { Environment } from "./environment.ts";
import { ensurePip } from "./pip.ts";
import { withProgress } from "./progress.ts";
import { readStamp, writeStamp } from "./stamp.ts";

export interface Venv {
  readonly path: string;
  /** True for `.venv` of the checkout, which may be rebuilt; an active environment is the user's. */
  readonly ours: boolean;
}

/** An active environment, unless `CLUSTERFIT_PYTHON` names what to make `.venv` from. */
export function chooseVenv({ root, variables }: Pick<Environment, "root" | "variables">): Venv {
  const own = join(root, ".venv");
  const active = variables["VIRTUAL_ENV"];
  const ours = !active || Boolean(variables["CLUSTERFIT_PYTHON"]) || samePath(active, own);
  return { path: ours ? own : active, ours };
}

/** The environment's interpreter, or what is wrong with it; `base` is the Python that it is to be made from,
 * where one was named. */
export function interpreterOf({ path }: Venv, base?: BasePython): Interpreter | string {
  try {
    const interpreter = findInterpreter({ executable: join(path, "bin", "python") });
    if (base !== undefined && base.version !== interpreter.version) {
      return `it is Python ${interpreter.version}, CLUSTERFIT_PYTHON is Python ${base.version}`;
    }
    return versionProblem(interpreter.version) ?? interpreter;
  } catch (error) {
    if (error instanceof InterpreterError) return error.message;
    throw error;
  }
}

/**
 * An interpreter with pip in `venv`. Our own environment is made, or made anew where it is broken.
 *
 * @throws {UserError} where no Python can make one, or where the user's own is broken.
 */
export async function prepareVenv(
  venv: Venv,
  environment: Environment,
  base?: BasePython,
): Promise<Interpreter> {
  const stamp = await readStamp(venv.path);
  const found = interpreterOf(venv, base);
  if (typeof found !== "string" && stamp?.created !== false) {
    await ensurePip(found.executable);
    return found;
  }
  if (!venv.ours) {
    throw new UserError(
      `The active virtual environment ${venv.path} (VIRTUAL_ENV) cannot be used; ${supported} is ` +
        `required. ${found}\nMake it anew, or deactivate it (unset VIRTUAL_ENV) to have .venv made ` +
        "in the checkout, then run the same command again.",
    );
  }
  await create(venv, environment, base ?? findBasePython(environment));
  const made = interpreterOf(venv);
  if (typeof made === "string") throw new UserError(made);
  return made;
}

async function create(venv: Venv, { screen }: Environment, base: BasePython): Promise<void> {
  if (existsSync(venv.path)) {
    screen.write(".venv is broken, unfinished or of another Python: making it anew\n");
    await removeIfThere(venv.path);
  }
  await Deno.mkdir(venv.path);
  await writeStamp(venv.path, { created: false, installed: {} });
  const title = `making .venv with Python ${base.version} (${base.executable})`;
  const { success, stderr, stdout } = await withProgress(
    { title, screen },
    () =>
      new Deno.Command(base.executable, { args: ["-m", "venv", venv.path], stdin: "null" })
        .output(),
  );
  if (!success) {
    const said = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes).trim()).join("\n");
    await removeIfThere(venv.path);
    throw new UserError(`${base.executable} could not make .venv: ${said}`);
  }
  await writeStamp(venv.path, { created: true, installed: {} });
}

function samePath(a: string, b: string): boolean {
  try {
    return Deno.realPathSync(a) === Deno.realPathSync(b);
  } catch {
    return false;
  }
}
