/** Finding the Python that `.venv` is made from. */
import { delimiter, join } from "node:path";
import { UserError } from "../../src/pipeline/errors.ts";
import { findInterpreter, InterpreterError } from "../../src/python/discover.ts";
import type { Environment } from "./environment.ts";

export interface BasePython {
  readonly executable: string;
  /** For example `3.11.7`. */
  readonly version: string;
}

/** The range that both the pinned packages and the bridge support: 3.11 to 3.13. */
export const oldest = 11;
export const newest = 13;
export const supported = `CPython 3.${oldest} to 3.${newest}`;

const names = ["python3", "python3.13", "python3.12", "python3.11"];

/**
 * The first Python that can make a virtual environment and be embedded: `CLUSTERFIT_PYTHON` if set,
 * a path or a name on PATH (then nothing else is tried), else `python3` and its versioned names on PATH.
 *
 * @throws {UserError} naming every place tried, what was wrong there and how to mend it.
 */
export function findBasePython(
  { root, variables }: Pick<Environment, "root" | "variables">,
): BasePython {
  const { CLUSTERFIT_PYTHON: explicit, PATH: path = "" } = variables;
  const venv = join(root, ".venv");
  const found = explicit?.includes("/") ? [] : onPath(path, venv, explicit);
  const candidates = explicit && found.length === 0 ? [explicit] : found;
  const problems: Problem[] = [];
  for (const executable of candidates) {
    const answer = examine(executable);
    if ("version" in answer) return answer;
    problems.push(answer);
  }
  throw new UserError(explain(problems));
}

/** What is wrong with the Python version, or nothing. */
export function versionProblem(version: string): string | undefined {
  const [major, minor] = version.split(".").map(Number);
  if (major === 3 && minor !== undefined && minor >= oldest && minor <= newest) return undefined;
  const old = major !== undefined && (major < 3 || (major === 3 && (minor ?? 0) < oldest));
  return `Python ${version} is too ${
    old ? "old" : "new"
  }: the pinned packages are those for ${supported}`;
}

interface Problem {
  readonly executable: string;
  readonly problem: string;
  readonly remedy: string;
}

/** The Pythons on `path`, or those of one name there, each once, but not one inside the environment that is to
 * be made. */
function onPath(path: string, venv: string, name: string | undefined): string[] {
  const folders = path.split(delimiter).filter((folder) =>
    folder !== "" && !folder.startsWith(venv)
  );
  const seen = new Set<string>();
  return (name ? [name] : names).flatMap((name) => folders.map((folder) => join(folder, name)))
    .filter((file) => {
      const real = realFile(file);
      if (real === undefined || seen.has(real)) return false;
      seen.add(real);
      return true;
    });
}

/** The file behind links, or `undefined` where there is none. */
function realFile(path: string): string | undefined {
  try {
    const real = Deno.realPathSync(path);
    return Deno.statSync(real).isFile ? real : undefined;
  } catch {
    return undefined;
  }
}

const install = "install Python 3.12: sudo apt install python3-full (Debian, Ubuntu), " +
  "brew install python@3.12 (macOS), or see https://www.python.org/downloads/";

function examine(executable: string): BasePython | Problem {
  const problem = (problem: string, remedy = install) => ({ executable, problem, remedy });
  if (realFile(executable) === undefined) return problem("no such file");
  const answer = ask(executable);
  if (answer === undefined) return problem("it does not answer as a Python 3 does");
  const { version, cpython, missing } = answer;
  const unsupported = versionProblem(version);
  if (unsupported !== undefined) return problem(unsupported);
  if (!cpython) {
    return problem(
      "it is not the standard build of CPython: the bridge relies on its GIL and C API",
    );
  }
  const [short] = /^\d+\.\d+/.exec(version) ?? [version];
  if (missing.length > 0) {
    return problem(
      `Python ${version} lacks the module ${missing.join(" and ")}`,
      `sudo apt install python${short}-venv   # Debian, Ubuntu`,
    );
  }
  try {
    findInterpreter({ executable });
    return { executable, version };
  } catch (error) {
    if (!(error instanceof InterpreterError)) throw error;
    return problem(
      `Python ${version} has no shared libpython`,
      `sudo apt install libpython${short}   # Debian, Ubuntu\n` +
        `PYTHON_CONFIGURE_OPTS=--enable-shared pyenv install --force ${version}   # pyenv\n` +
        `./configure --enable-shared   # built from source`,
    );
  }
}

interface Answer {
  readonly version: string;
  readonly cpython: boolean;
  /** Modules that making a virtual environment takes and this Python lacks. */
  readonly missing: readonly string[];
}

const question = `
import json, sys, sysconfig
from importlib.util import find_spec
print(json.dumps(dict(
    version="%d.%d.%d" % sys.version_info[:3],
    cpython=sys.implementation.name == "cpython" and not sysconfig.get_config_var("Py_GIL_DISABLED"),
    missing=[name for name in ("venv", "ensurepip") if find_spec(name) is None])))
`;

/** What a Python says of itself, or `undefined` where it does not answer as one. */
export function ask(executable: string): Answer | undefined {
  try {
    const output = new Deno.Command(executable, { args: ["-I", "-c", question] }).outputSync();
    return JSON.parse(new TextDecoder().decode(output.stdout)) as Answer;
  } catch {
    return undefined;
  }
}

function explain(problems: readonly Problem[]): string {
  const needed = `${supported} with the venv module and a shared libpython is required.`;
  if (problems.length === 0) {
    return `Cannot set up Python: ${needed} No python3 was found on PATH.\nTo mend it:\n  ${install}`;
  }
  const remedies = new Set(problems.flatMap(({ remedy }) => remedy.split("\n")));
  // Where a Python needs one package only, do not advise a new Python.
  if (remedies.size > 1) remedies.delete(install);
  return [
    `Cannot set up Python: ${needed} Tried:`,
    ...problems.map(({ executable, problem }) => `  - ${executable}: ${problem}`),
    "To mend it, then run the same command again:",
    ...[...remedies].map((remedy) => `  ${remedy}`),
    "Or name another Python: CLUSTERFIT_PYTHON=/path/to/python3",
  ].join("\n");
}
