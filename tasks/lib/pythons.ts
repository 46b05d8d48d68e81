/** The CPythons of this machine, one of each version that the bridge supports. */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { UserError } from "../../src/pipeline/errors.ts";
import { removeIfThere } from "../../src/pipeline/files.ts";
import {
  findInterpreter,
  type Interpreter,
  InterpreterError,
  minors,
} from "../../src/python/discover.ts";
import { ask } from "./base_python.ts";
import type { Environment } from "./environment.ts";
import { installRequirements, sitePackagesOf } from "./pip.ts";
import { withProgress } from "./progress.ts";
import { requirementsOfBridge } from "./requirements.ts";
import { readStamp, withInstalled, writeStamp } from "./stamp.ts";

export interface SupportedPython {
  /** For example `3.12`. */
  readonly version: string;
  /** The first that can be embedded, or why there is none. */
  readonly found: Interpreter | string;
}

/** Each supported version: from pyenv, else `python3.X` on PATH. */
export function findPythons({ variables }: Pick<Environment, "variables">): SupportedPython[] {
  return Array.from({ length: minors.newest - minors.oldest + 1 }, (_, i) => {
    const version = `3.${minors.oldest + i}`;
    const problems: string[] = [];
    for (const executable of [...inPyenv(version, variables), ...onPath(version, variables)]) {
      const found = examine(executable);
      if (typeof found !== "string") return { version, found };
      problems.push(found);
    }
    const none = `neither pyenv nor PATH has a python${version}`;
    return { version, found: problems.join("\n") || none };
  });
}

function examine(executable: string): Interpreter | string {
  try {
    const found = findInterpreter({ executable });
    const missing = ask(executable)?.missing ?? [];
    if (missing.length === 0) return found;
    return `${executable} lacks the module ${missing.join(" and ")}`;
  } catch (error) {
    if (error instanceof InterpreterError) return error.message;
    throw error;
  }
}

type Variables = Environment["variables"];

function inPyenv(version: string, { PYENV_ROOT, HOME = "" }: Variables): string[] {
  const folder = join(PYENV_ROOT ?? join(HOME, ".pyenv"), "versions");
  if (!existsSync(folder)) return [];
  const patch = (name: string) => Number(name.split(".")[2]);
  return [...Deno.readDirSync(folder)].map(({ name }) => name)
    .filter((name) => name.startsWith(`${version}.`))
    .sort((a, b) => patch(b) - patch(a))
    .map((name) => join(folder, name, "bin", "python"));
}

function onPath(version: string, { PATH = "" }: Variables): string[] {
  return PATH.split(delimiter).filter((folder) => folder !== "")
    .map((folder) => join(folder, `python${version}`))
    .filter(existsSync);
}

/**
 * A virtual environment of `base` with what the bridge's tests need; made anew where it is another
 * version's, or unfinished, or the requirements have changed.
 *
 * @throws {UserError} where it cannot be made.
 */
export async function ensureTestVenv(
  { version, found: base }: SupportedPython & { readonly found: Interpreter },
  { root, screen }: Environment,
): Promise<string> {
  const folder = join(root, ".cache", "pythons", version);
  const requirements = requirementsOfBridge(root);
  const stamp = await readStamp(folder);
  if (stamp?.installed[requirements.file] === requirements.sha256 && runs(folder, base)) {
    return folder;
  }
  await withProgress({ title: `making ${folder}:`, screen }, async (update) => {
    await removeIfThere(folder);
    await makeVenv(base.executable, folder);
    await installRequirements({
      python: join(folder, "bin", "python"),
      version: base.version,
      sitePackages: sitePackagesOf(folder, base.version),
      file: join(root, "py", requirements.file),
      progressBar: requirements.progressBar,
      update,
      say: (text) => screen.write(`${text}\n`),
    });
    await writeStamp(folder, withInstalled({ created: true, installed: {} }, requirements));
  });
  return folder;
}

/** Whether the environment is there and of the same build. */
function runs(folder: string, { version, libpython }: Interpreter): boolean {
  const found = examine(join(folder, "bin", "python"));
  return typeof found !== "string" && found.version === version && found.libpython === libpython;
}

async function makeVenv(python: string, folder: string): Promise<void> {
  const { success, stdout, stderr } = await new Deno.Command(python, {
    args: ["-m", "venv", folder],
    stdin: "null",
  }).output();
  if (success) return;
  const said = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes).trim()).join("\n");
  throw new UserError(`${python} could not make a virtual environment in ${folder}: ${said}`);
}
