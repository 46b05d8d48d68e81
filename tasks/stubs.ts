/**
 * `deno task stubs [modules ...] [--out <file>] [--check]`: TypeScript declarations of Python modules, so
 * that `deno check` checks calls into them. Without modules: those that src/engine calls.
 */
import { Command } from "commander";
import { dirname, join, resolve } from "node:path";
import { readTextIfThere } from "../src/pipeline/files.ts";
import { UserError } from "../src/pipeline/errors.ts";
import { PythonError } from "../src/python/error.ts";
import { python } from "../src/python/python.ts";
import { changedModules, emit } from "../src/python/stubs/emit.ts";
import { format } from "../src/python/stubs/format.ts";
import { inspect } from "../src/python/stubs/inspection.ts";
import { currentEnvironment } from "./lib/environment.ts";
import { runTask } from "./lib/run_task.ts";
import { ensureSetup } from "./setup.ts";

/** What this repository keeps: the modules that src/engine calls. A package of it has no import map. */
const kept = {
  out: "src/engine/py.ts",
  bridge: "../python/mod.ts",
  modules: [
    "clusterfit.containers",
    "clusterfit.data",
    "clusterfit.devices",
    "clusterfit.export",
    "clusterfit.features",
    "clusterfit.kmeans",
    "clusterfit.matrices",
    "clusterfit.memberships",
    "clusterfit.memory",
    "clusterfit.metrics",
    "clusterfit.models",
    "clusterfit.objectives",
    "clusterfit.pretrained",
    "clusterfit.probes",
    "clusterfit.representations",
    "clusterfit.tensorboard",
    "clusterfit.tensors",
    "clusterfit.training",
    "clusterfit.versions",
  ],
};

interface Options {
  readonly out?: string;
  readonly check?: true;
  readonly python?: string;
  readonly path?: readonly string[];
}

const { root, screen } = currentEnvironment();
/** The folder that the command was typed in: `deno task` starts it in the root. */
const here = Deno.env.get("INIT_CWD") ?? Deno.cwd();
const say = (line: string) => screen.write(`${line}\n`);

async function stubs(given: readonly string[], options: Options): Promise<number> {
  const ours = given.length === 0;
  if (ours && options.out !== undefined) {
    throw new UserError("deno task stubs --out needs the names of the modules to write it for.");
  }
  if (!ours && options.check && options.out === undefined) {
    throw new UserError("deno task stubs --check needs the file to check: --out <file>.");
  }
  const modules = ours ? kept.modules : given;
  const out = ours ? join(root, kept.out) : options.out && resolve(here, options.out);
  const shown = ours ? kept.out : options.out;
  const paths = options.path ?? [];
  const command = [
    "deno task stubs",
    ...given,
    ...paths.flatMap((path) => ["--path", path]),
    ...(options.out ? ["--out", options.out] : []),
  ];

  await startPython(options.python, paths);
  for (const name of modules) {
    say(`Importing ${name}`);
    importModule(name);
  }
  const text = await format(
    emit(inspect(modules), command.join(" "), ours ? kept.bridge : undefined),
    root,
  );
  if (out === undefined) {
    console.log(text.trimEnd());
    return 0;
  }
  const before = await readTextIfThere(out);
  if (before === text) {
    say(`${shown} is up to date.`);
    return 0;
  }
  if (options.check) {
    throw new UserError(`${shown} ${fault(before, text)}. Make it again: ${command.join(" ")}`);
  }
  await Deno.mkdir(dirname(out), { recursive: true });
  await Deno.writeTextFile(out, text);
  say(`Wrote ${shown}: ${text.split("\n").length - 1} lines.`);
  return 0;
}

async function startPython(
  executable: string | undefined,
  paths: readonly string[],
): Promise<void> {
  if (executable === undefined) Deno.env.set("VIRTUAL_ENV", (await ensureSetup()).venv);
  await python.start({
    path: [...paths.map((path) => resolve(here, path)), here, join(root, "py")],
    ...(executable !== undefined && { executable }),
  });
}

function importModule(name: string): void {
  try {
    python.import(name);
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    throw new UserError(
      `Cannot make stubs: ${python.info.executable} cannot import ${name} (${error.type}: ` +
        `${error.pythonMessage}). Check the name, name its folder with --path <folder>, install what ` +
        "is missing into that environment, or name another one with --python <executable>.",
      { cause: error },
    );
  }
}

function fault(before: string | undefined, after: string): string {
  if (before === undefined) return "does not exist";
  const changed = changedModules(before, after);
  if (changed.length === 0) return "is not as it is made";
  return `is stale: the types of ${changed.join(", ")} have changed`;
}

const also = (folder: string, before: readonly string[]) => [...before, folder];

const program = new Command("deno task stubs")
  .description(
    "Writes TypeScript declarations of Python modules, from their annotations: `deno check` then " +
      "checks calls into them.\n\n" +
      '  import type { Statistics } from "./statistics.ts";\n' +
      '  const statistics = python.import<Statistics>("statistics");',
  )
  .argument("[modules...]", "Python modules; without any, those that src/engine calls")
  .option("--out <file>", "write the declarations there, not to the terminal")
  .option("--path <folder>", "look for the modules there, too (may be given again)", also, [])
  .option("--check", "write nothing; exit with code 2 where the file is not what would be written")
  .option("--python <executable>", "look at the modules in that Python, not in the project's")
  .helpOption("-h, --help", "print this help")
  .showHelpAfterError("(--help lists the options)")
  .exitOverride(({ exitCode }) => Deno.exit(exitCode === 0 ? 0 : 2))
  .action((modules: string[], options: Options) => runTask(() => stubs(modules, options)));

await program.parseAsync(Deno.args, { from: "user" });
