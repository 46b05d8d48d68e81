import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "expect";
import { findInterpreter, InterpreterError, python } from "clusterfit/python";
import { inChild } from "./support.ts";

async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "python-"));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A fake Python that answers the question about itself with `report`. */
async function fake(path: string, report: object | string): Promise<string> {
  await mkdir(join(path, ".."), { recursive: true });
  const script = typeof report === "string"
    ? report
    : `cat <<'END'\n${JSON.stringify(report)}\nEND`;
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

const good = {
  major: 3,
  minor: 12,
  version: "3.12.1",
  implementation: "cpython",
  freeThreaded: false,
  prefix: "/venv",
  libraries: ["/no/such/lib.so", "/bin/sh"],
};

function message(executable: string): string {
  try {
    findInterpreter({ executable });
  } catch (error) {
    expect(error).toBeInstanceOf(InterpreterError);
    return (error as Error).message;
  }
  throw new Error("an interpreter was found");
}

Deno.test("findInterpreter() takes the first library that is there", () =>
  withFolder(async (folder) => {
    const executable = await fake(join(folder, "python"), good);
    expect(findInterpreter({ executable }))
      .toEqual({ executable, version: "3.12.1", prefix: "/venv", libpython: "/bin/sh" });
  }));

Deno.test("findInterpreter() refuses what cannot be embedded, with the reason and the remedy", () =>
  withFolder(async (folder) => {
    const python = join(folder, "python");
    expect(message(join(folder, "nothing"))).toContain("no such file");
    await symlink(join(folder, "removed"), join(folder, "dangling"));
    expect(message(join(folder, "dangling"))).toContain("no such file"); // its base is gone
    await fake(python, { ...good, minor: 9, version: "3.9.18" });
    expect(message(python)).toContain(
      "it needs CPython 3.10 to 3.14, found 3.9.18: older versions lack parts of the C API",
    );
    await fake(python, { ...good, minor: 15, version: "3.15.0" });
    expect(message(python)).toContain(
      "it needs CPython 3.10 to 3.14, found 3.15.0: the bridge was not tested with newer",
    );
    await fake(python, { ...good, major: 4, minor: 12, version: "4.12.0" });
    expect(message(python)).toContain("was not tested with newer");
    await fake(python, { ...good, minor: 14, version: "3.14.0" });
    expect(findInterpreter({ executable: python }).version).toBe("3.14.0");
    await fake(python, { ...good, libraries: ["/no/lib.so"] });
    expect(message(python)).toMatch(
      /no shared libpython[^]*enable-shared pyenv install 3.12.1/,
    );
    await fake(python, { ...good, implementation: "pypy" });
    expect(message(python)).toContain("it needs CPython, found pypy");
    await fake(python, { ...good, freeThreaded: true });
    expect(message(python)).toMatch(
      /needs the GIL, found that it is a free-threaded build of Python 3\.12\.1[^]*default build of Python 3\.12/,
    );
    await fake(python, "echo broken >&2; exit 3");
    expect(message(python)).toContain("exit code 3: broken");
    await fake(python, "echo hello");
    expect(message(python)).toContain("it did not answer");
  }));

const find = (environment: Record<string, string>, folder: string) =>
  inChild(
    `
for (const [name, value] of Object.entries(${
      JSON.stringify(environment)
    })) Deno.env.set(name, value as string);
const { findInterpreter } = await import("clusterfit/python");
Deno.chdir(${JSON.stringify(folder)});
try { console.log(findInterpreter().executable); } catch (error) { console.log((error as Error).message); }
`,
    { bare: true },
  );

Deno.test("findInterpreter() tries VIRTUAL_ENV, then .venv, then PATH, and lists them all", () =>
  withFolder(async (folder) => {
    const venv = join(folder, "venv");
    const bin = join(folder, "bin");
    const environment = { VIRTUAL_ENV: venv, PATH: bin };
    await mkdir(bin);
    const { stdout } = await find(environment, folder);
    expect(stdout).toContain("VIRTUAL_ENV");
    expect(stdout).toContain(".venv");
    expect(stdout).toContain("PATH");
    expect(stdout).toContain("python3.11 -m venv .venv");
    const places = [
      join(bin, "python3"),
      join(folder, ".venv", "bin", "python"),
      join(venv, "bin", "python"),
    ];
    for (const place of places) {
      await fake(place, `PATH=/bin:/usr/bin\ncat <<'END'\n${JSON.stringify(good)}\nEND`);
      expect((await find(environment, folder)).stdout.trim()).toBe(place);
    }
  }));

Deno.test("findInterpreter() says what the running interpreter is", () => {
  expect(findInterpreter({ executable: python.info.executable })).toEqual(python.info);
});

Deno.test("start() rejects where no interpreter fits, and can be tried again with another", async () => {
  const { code, stdout, stderr } = await inChild(
    `
import { InterpreterError, python } from "clusterfit/python";
const error = await python.start({ executable: "/no/python" }).catch((error) => error);
console.log(error instanceof InterpreterError, error.message.includes("/no/python"));
await python.start({ executable: ${JSON.stringify(python.info.executable)} });
console.log(python.builtins.method("sum", [1, 2]));
`,
    { bare: true },
  );
  expect([code, stdout, stderr]).toEqual([0, "true true\n3\n", ""]);
});
