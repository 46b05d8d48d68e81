/**
 * `deno task ok [--no-tests]`: the gate. Runs every check, shows all that fails, and ends with exit
 * code 1 if anything did.
 */
import { join } from "node:path";
import { readArguments } from "./lib/arguments.ts";
import { currentEnvironment } from "./lib/environment.ts";
import { runTask } from "./lib/run_task.ts";
import { sourceFiles } from "./lib/source_files.ts";
import { ensureSetup } from "./setup.ts";

interface Check {
  readonly name: string;
  readonly command: readonly [program: string, ...args: readonly string[]];
  /** Folder to run in, from the root; the root itself unless given. */
  readonly folder?: string;
}

function checks(root: string, python: string): Check[] {
  const deno = Deno.execPath();
  const typescript = ["mod.ts", "src", "tasks", "test"].flatMap((folder) =>
    sourceFiles(root, folder)
  );
  const { exports } = JSON.parse(Deno.readTextFileSync(join(root, "deno.json")));
  const entries = Object.values<string>(exports);
  const documents = ["README.md", "docs/BRIDGE.md", "docs/COMING_FROM.md", "docs/STEPS.md"]; // their code blocks
  const ruff = [
    ".",
    "../test/py",
    "../tasks/bench",
    "../tasks/fault",
    "../src/python",
    "../src/deno_python",
  ] as const;
  return [
    { name: "deno fmt", command: [deno, "fmt", "--check"] },
    { name: "deno lint", command: [deno, "lint"] },
    { name: "deno check", command: [deno, "check", "--doc", ...typescript, ...documents] },
    { name: "deno doc", command: [deno, "doc", "--lint", ...entries] },
    { name: "layers", command: [deno, "run", "--allow-all", "tasks/layers.ts"] },
    { name: "stubs", command: [deno, "run", "--allow-all", "tasks/stubs.ts", "--check"] },
    {
      name: "ruff format",
      command: [python, "-m", "ruff", "format", "--check", ...ruff],
      folder: "py",
    },
    { name: "ruff check", command: [python, "-m", "ruff", "check", ...ruff], folder: "py" },
    {
      name: "pyright",
      command: [python, "-m", "pyright", "--project", "py", "--pythonpath", python],
    },
  ];
}

async function ok(): Promise<number> {
  const { values } = readArguments({ options: { "no-tests": { type: "boolean" } } });
  const { root } = currentEnvironment();
  const { python } = await ensureSetup({ dev: true });
  const failed: string[] = [];
  for (const { name, command, folder = "" } of checks(root, python)) {
    const started = performance.now();
    const [program, ...args] = command;
    const { success, stdout, stderr } = await new Deno.Command(program, {
      args,
      cwd: join(root, folder),
      env: { NO_COLOR: "1", PYRIGHT_PYTHON_IGNORE_WARNINGS: "1" },
      stdin: "null",
    }).output();
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${success ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
    if (success) continue;
    failed.push(name);
    console.log([stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join(""));
  }
  if (!values["no-tests"]) {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-all", join(root, "tasks/test.ts")],
      stdin: "null",
    }).spawn();
    if (!(await child.status).success) failed.push("tests");
  }
  if (failed.length > 0) console.error(`The gate is shut. Failed: ${failed.join(", ")}`);
  return failed.length === 0 ? 0 : 1;
}

await runTask(ok);
