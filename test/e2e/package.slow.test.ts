/** The package that `deno pack` makes, in a project that has nothing else. */
import { dirname, join } from "node:path";
import { expect } from "expect";
import { findInterpreter } from "clusterfit/python";
import { currentEnvironment } from "../../tasks/lib/environment.ts";

const { root } = currentEnvironment();

async function output(program: string, args: readonly string[], cwd: string): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args: [...args],
    cwd,
    env: { NO_COLOR: "1", VIRTUAL_ENV: dirname(dirname(findInterpreter().executable)) },
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

const program = `
import { buildGraph, defaultExperiment, executeRun, parseConfig, resolve, startEngine } from "clusterfit";
import { defineConfig } from "clusterfit/config";
import { type PyObject, python } from "clusterfit/python";

const engine = await startEngine();
const upper = python.builtins.method("str", "python").toString();
console.log((python.eval("'{}'.format") as PyObject).call(upper));

const asked = { images: 60, epochs: 1, k: 5, targets: [], threads: 1 };
defineConfig(asked);
const config = parseConfig(defaultExperiment.schema, asked);
const { versions, ...machine } = await engine.devices.describe();
const resolved = resolve(config, machine);
const { study, nodes } = buildGraph(defaultExperiment, { config, scale: "" }, resolved, versions);
const command = ["deno", "run", "use.ts"];
const run = await executeRun({
  out: "runs",
  record: { id: "mine", title: "My run", command, asked, config, study, resolved },
  attempt: { command, versions, hardware: { cpus: machine.threads } },
  nodes,
  workers: resolved.workers,
  services: () => Promise.resolve({ engine }),
  signal: new AbortController().signal,
  publish: () => Promise.resolve([]),
});
console.log(await Deno.readTextFile(await run.artifactFile("summary", "summary.json")));
`;

Deno.test("deno pack: the archive holds what a program needs, and a fresh project runs with it", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const archive = join(folder, "clusterfit.tgz");
    await output(Deno.execPath(), [
      "pack",
      "--allow-dirty",
      "--allow-slow-types",
      "--output",
      archive,
    ], root);

    // as npm lays it out; what the archive depends on is linked, so that nothing else is there
    const packed = join(folder, "node_modules/clusterfit");
    await Deno.mkdir(packed, { recursive: true });
    await output("tar", ["xzf", archive, "-C", packed, "--strip-components=1"], folder);
    const { dependencies } = JSON.parse(await Deno.readTextFile(join(packed, "package.json")));
    for (const name of Object.keys(dependencies)) {
      const link = join(folder, "node_modules", name);
      await Deno.mkdir(dirname(link), { recursive: true });
      await Deno.symlink(join(root, "node_modules", name), link);
    }

    const listed = (await output("tar", ["tzf", archive], folder)).trim().split("\n");
    const files = listed.map((file) => file.replace("package/", ""));
    const places = new Set(
      files.map((file) => file.replace(/\/.*/, "").replace(/^mod\..*/, "mod")),
    );
    expect([...places].toSorted()).toEqual(
      ["CHANGELOG.md", "LICENSE", "README.md", "mod", "package.json", "py", "src"],
    );
    const strays = files.filter((file) =>
      !/^(?:src|py)\/.*\.(?:js|d\.ts|py)$|^py\/requirements\S*\.txt$/.test(file) && /\//.test(file)
    );
    expect(strays).toEqual([]);
    expect(files).not.toContain("py/requirements-dev.txt");

    await Deno.writeTextFile(join(folder, "deno.json"), `{ "nodeModulesDir": "manual" }`);
    await Deno.writeTextFile(
      join(folder, "package.json"),
      JSON.stringify({ dependencies: { clusterfit: "file:clusterfit.tgz" } }),
    );
    await Deno.writeTextFile(join(folder, "use.ts"), program);
    const [line, ...summary] =
      (await output(Deno.execPath(), ["run", "--check", "--allow-all", "use.ts"], folder))
        .split("\n");
    expect(line).toBe("python");
    expect(JSON.parse(summary.join("\n"))).toMatchObject({ schema: 3, missing: [] });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
