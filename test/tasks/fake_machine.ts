/** A made-up checkout and PATH: Pythons that are shell scripts, a pip that only says what it would. */
import { join } from "node:path";
import { extras } from "../../src/steps/extras.ts";
import { findBasePython } from "../../tasks/lib/base_python.ts";
import { currentEnvironment, type Environment } from "../../tasks/lib/environment.ts";

export interface FakeMachine extends AsyncDisposable {
  readonly environment: Environment;
  readonly root: string;
  /** All that was shown. */
  shown(): string;
  /** The requirements files and removals that pip was asked for, in order. */
  pipCalls(): Promise<string[]>;
  exists(path: string): boolean;
}

export interface FakePython {
  /** Sed expressions on what the real Python answers about itself. */
  readonly answers?: readonly string[];
  /** Shell text run for `-m pip install`; the default succeeds. */
  readonly pip?: string;
  /** Shell text run for `-m pip index versions torch ...`; the default finds none. */
  readonly index?: string;
}

export const tooOld: FakePython = { answers: [`s/"version": "[0-9.]*"/"version": "3.9.2"/`] };
export const withoutVenv: FakePython = { answers: [`s/"missing": \\[]/"missing": ["ensurepip"]/`] };
export const withoutLibrary: FakePython = { answers: ["s/libpython/no-libpython/g"] };
export const failing = (message: string): FakePython => ({
  pip: `echo 'ERROR: ${message}' >&2; exit 1`,
});

/** The file itself: a version manager's shim on PATH would take longer than Python. */
const real = new TextDecoder().decode(
  new Deno.Command(findBasePython(currentEnvironment()).executable, {
    args: ["-c", "import sys; print(sys.executable, end='')"],
  }).outputSync().stdout,
);

const files = ["", ...["pip", "cpu", "cuda", ...extras, "dev"].map((kind) => `-${kind}`)]
  .map((kind) => `requirements${kind}.txt`);

export async function fakeMachine({ pythons = {}, programs = {}, variables }: {
  /** Name on PATH -> how it differs from a Python in order. */
  readonly pythons?: Readonly<Record<string, FakePython>>;
  /** Other programs on PATH -> shell text. */
  readonly programs?: Readonly<Record<string, string>>;
  readonly variables?: (root: string) => Readonly<Record<string, string>>;
} = {}): Promise<FakeMachine> {
  const root = await Deno.realPath(await Deno.makeTempDir({ prefix: "clusterfit-machine-" }));
  await Deno.mkdir(join(root, "py"));
  await Deno.mkdir(join(root, "bin"));
  for (const file of files) await Deno.writeTextFile(join(root, "py", file), "numpy==1.0\n");
  for (const [name, python] of Object.entries(pythons)) {
    await writeProgram(join(root, "bin", name), pythonScript(root, python));
  }
  for (const [name, script] of Object.entries(programs)) {
    await writeProgram(join(root, "bin", name), script);
  }
  let shown = "";
  return {
    root,
    environment: {
      root,
      variables: { PATH: join(root, "bin"), ...variables?.(root) },
      screen: { live: false, columns: 80, write: (text) => void (shown += text) },
    },
    shown: () => shown,
    pipCalls: async () => {
      const log = await Deno.readTextFile(join(root, "pip.log")).catch(() => "");
      return log.split("\n").filter((line) => line !== "");
    },
    exists: (path) => {
      try {
        return Boolean(Deno.lstatSync(join(root, path)));
      } catch {
        return false;
      }
    },
    [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }),
  };
}

/** Answers about itself as the real Python does but for `answers`; "makes" environments; fakes pip. */
function pythonScript(root: string, { answers = [], pip = "", index = "" }: FakePython): string {
  const edits = ["s/^//", ...answers].map((edit) => `-e '${edit}'`).join(" ");
  return `
case "$1 $2 $3" in
  "-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
  "-m pip install") for last; do :; done; echo "install \${last##*/}" >> ${root}/pip.log
    ${pip} ;;
  "-m pip index") ${index || ":"} ;;
  "-m pip uninstall") echo "$3 $5 $6" >> ${root}/pip.log ;;
  "-m pip "*) ;;
  *) ${real} "$@" | sed ${edits} ;;
esac`;
}

export async function writeProgram(path: string, script: string): Promise<void> {
  await Deno.writeTextFile(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}
