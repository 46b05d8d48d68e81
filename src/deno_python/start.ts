/** Starts Python as soon as it is imported, because deno_python does. */
import { dirname, join } from "node:path";
import { findInterpreter, InterpreterError, python } from "../python/mod.ts";

/** The executable that runs on a shared library: DENO_PYTHON_PATH names one. */
function executableOf(library: string): string {
  const tried: string[] = [];
  for (const executable of executablesNear(library)) {
    if (loads(executable, library)) return executable ?? findInterpreter().executable;
    if (executable !== undefined) tried.push(executable);
  }
  throw new InterpreterError(
    [
      "Cannot start Python: it needs DENO_PYTHON_PATH to name the shared library of a CPython 3.10 " +
      `to 3.14 with an executable, found ${library} and no executable that runs on it. Tried:`,
      "  - VIRTUAL_ENV, the project's .venv and PATH",
      ...tried.map((path) => `  - ${path}`),
      "To fix it: unset DENO_PYTHON_PATH, and set VIRTUAL_ENV to a virtual environment.",
    ].join("\n"),
  );
}

/** The usual one (undefined) first: a virtual environment made with this library has its packages. */
function executablesNear(library: string): (string | undefined)[] {
  const folders = ancestors(library).flatMap((folder) => [folder, join(folder, "bin")]);
  const version = /3\.?(\d\d)/.exec(library)?.[1];
  const names = Deno.build.os === "windows" ? ["python.exe"] : [`python3.${version}`, "python3"];
  return [undefined, ...folders.flatMap((folder) => names.map((name) => join(folder, name)))];
}

/** The folders that a file lies in, four at most. */
function ancestors(path: string): string[] {
  const folders: string[] = [];
  for (let at = dirname(path); folders.length < 4 && at !== dirname(at); at = dirname(at)) {
    folders.push(at);
  }
  return folders;
}

function loads(executable: string | undefined, library: string): boolean {
  try {
    const { libpython } = findInterpreter({ executable });
    return Deno.realPathSync(libpython) === Deno.realPathSync(library);
  } catch (error) {
    if (error instanceof InterpreterError || error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

const library = Deno.env.get("DENO_PYTHON_PATH");
await python.start(library ? { executable: executableOf(library) } : {});

/** The interpreter of the bridge, which runs. */
export { python };
