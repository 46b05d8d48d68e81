/** Finding a CPython that can be embedded. Needs no npm package and starts no interpreter here. */
import { delimiter, join } from "node:path";

/** A CPython that can be embedded. */
export interface Interpreter {
  /** Path of the executable, inside its virtual environment where it has one. */
  readonly executable: string;
  /** For example `3.11.7`. */
  readonly version: string;
  /** `sys.prefix`: the virtual environment, or the installation itself. */
  readonly prefix: string;
  /** Path of the shared library. */
  readonly libpython: string;
}

/** The minor versions of CPython 3 that the bridge is tested with. */
export const minors = { oldest: 10, newest: 14 } as const;

const supported = `CPython 3.${minors.oldest} to 3.${minors.newest}`;

/** No interpreter that can be embedded was found; the message lists each place and the remedy. */
export class InterpreterError extends Error {
  /** Of the class, as for every JS error. */
  override readonly name = "InterpreterError";
}

/**
 * The first embeddable CPython (3.10 to 3.14, with the GIL and a shared library) among: `executable` if
 * given (then nothing else is tried), `VIRTUAL_ENV`, `.venv` of the working folder, `python3` on PATH.
 *
 * @throws {InterpreterError} naming every place tried, what was wrong there and the remedy.
 */
export function findInterpreter(options: { executable?: string } = {}): Interpreter {
  const places = options.executable === undefined
    ? defaultPlaces()
    : [{ label: "the path given", executable: options.executable }];
  const findings: Finding[] = [];
  for (const place of places) {
    const answer = examine(place.executable);
    if ("libpython" in answer) return answer;
    findings.push({ ...place, ...answer });
  }
  throw new InterpreterError(explain(findings));
}

interface Place {
  readonly label: string;
  readonly executable: string | undefined;
}

interface Problem {
  readonly problem: string;
  readonly remedy: string;
}

type Finding = Place & Problem;

const windows = Deno.build.os === "windows";
const inVenv = windows ? ["Scripts", "python.exe"] : ["bin", "python"];

function defaultPlaces(): Place[] {
  const venv = Deno.env.get("VIRTUAL_ENV");
  return [
    { label: "VIRTUAL_ENV", executable: venv && join(venv, ...inVenv) },
    { label: "the project's .venv", executable: join(Deno.cwd(), ".venv", ...inVenv) },
    ...onPath().map((executable) => ({ label: "PATH", executable })),
  ];
}

function onPath(): (string | undefined)[] {
  const name = windows ? "python.exe" : "python3";
  const found = (Deno.env.get("PATH") ?? "").split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, name))
    .filter(isFile);
  return found.length > 0 ? found : [undefined];
}

const create = "python3.11 -m venv .venv";

function examine(executable: string | undefined): Interpreter | Problem {
  if (executable === undefined) return { problem: "not set or not found", remedy: create };
  if (!isFile(executable)) return { problem: "no such file", remedy: create };
  const report = ask(executable);
  if ("problem" in report) return report;
  const { major, minor, implementation } = report;
  if (implementation !== "cpython") {
    return { problem: `it needs CPython, found ${implementation}`, remedy: create };
  }
  const unsupported = unsupportedVersion(report);
  if (unsupported !== undefined) return { problem: unsupported, remedy: create };
  if (report.freeThreaded) {
    return {
      problem:
        `it needs the GIL, found that it is a free-threaded build of Python ${report.version}: ` +
        "while JS is in a call, no other thread may change the objects that it reads",
      remedy: `use the default build of Python 3.${minor}, without "t" in its name`,
    };
  }
  const libpython = report.libraries.find(isFile);
  if (libpython === undefined) {
    return {
      problem: `it has no shared libpython (looked for ${report.libraries.join(", ")})`,
      remedy: `sudo apt install libpython${major}.${minor}   # Debian, Ubuntu\n` +
        `PYTHON_CONFIGURE_OPTS=--enable-shared pyenv install ${report.version}   # pyenv`,
    };
  }
  return { executable, version: report.version, prefix: report.prefix, libpython };
}

/** What is wrong with the version, if anything is. */
function unsupportedVersion({ major, minor, version }: Report): string | undefined {
  const found = `it needs ${supported}, found ${version}`;
  if (major < 3 || (major === 3 && minor < minors.oldest)) {
    return `${found}: older versions lack parts of the C API`;
  }
  if (major > 3 || minor > minors.newest) {
    return `${found}: the bridge was not tested with newer versions, whose C API may differ`;
  }
}

interface Report {
  readonly major: number;
  readonly minor: number;
  readonly version: string;
  readonly implementation: string;
  readonly freeThreaded: boolean;
  readonly prefix: string;
  readonly libraries: readonly string[];
}

/** Asks the executable itself; with `-I`, so that no module of the working folder is imported. */
function ask(executable: string): Report | Problem {
  const remedy = "make sure that the file is a working Python, or give another one";
  try {
    const output = new Deno.Command(executable, { args: ["-I", "-c", question] }).outputSync();
    const [stdout, stderr] = [output.stdout, output.stderr].map((b) => new TextDecoder().decode(b));
    if (!output.success) {
      return { problem: `it ended with exit code ${output.code}: ${stderr?.trim()}`, remedy };
    }
    return JSON.parse(stdout ?? "") as Report;
  } catch (error) {
    return { problem: `it did not answer: ${(error as Error).message}`, remedy };
  }
}

const question = `
import json, os, sys, sysconfig as s
v, base = s.get_config_vars(), sys.base_prefix
folders = [v.get("LIBDIR"), os.path.join(v.get("LIBDIR") or "", v.get("MULTIARCH") or ""),
           os.path.join(base, "lib"), v.get("LIBPL"), base]
names = [v.get("INSTSONAME"), v.get("LDLIBRARY"), v.get("PYTHONFRAMEWORK"),
         "python%d%d.dll" % sys.version_info[:2] if os.name == "nt" else None]
paths = [os.path.join(f, n) for n in names if n and not n.endswith(".a") for f in folders if f]
if not paths and folders[2]:
    paths = [os.path.join(folders[2], "libpython%d.%d.so" % sys.version_info[:2])]
print(json.dumps(dict(
    major=sys.version_info[0], minor=sys.version_info[1],
    version="%d.%d.%d" % sys.version_info[:3], implementation=sys.implementation.name,
    freeThreaded=bool(v.get("Py_GIL_DISABLED")), prefix=sys.prefix,
    libraries=list(dict.fromkeys(paths)))))
`;

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

function explain(findings: readonly Finding[]): string {
  const lines = findings.map(({ label, executable, problem }) =>
    `  - ${label}${executable === undefined ? "" : ` (${executable})`}: ${problem}`
  );
  const remedies = new Set(findings.map(({ remedy }) => remedy));
  return [
    `Cannot start Python: it needs ${supported} with a shared libpython, found none. Tried:`,
    ...lines,
    "To fix it:",
    ...[...remedies].flatMap((remedy) => remedy.split("\n")).map((line) => `  ${line}`),
  ].join("\n");
}
