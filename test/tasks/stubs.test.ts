import { expect } from "expect";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Runs the task where `toy.py` is. */
async function stubs(folder: string, ...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--no-check", join(root, "tasks/stubs.ts"), ...args],
    cwd: root,
    env: { NO_COLOR: "1", INIT_CWD: folder }, // as `deno task` sets it
  }).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, stdout: out!, stderr: err! };
}

async function withToy(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(join(folder, "toy.py"), "def play(rounds: int) -> str: ...\n");
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("declarations are written, found up to date, and found stale by the module's name", () =>
  withToy(async (folder) => {
    const args = ["toy", "json", "--out", "types/toy.ts"];
    const made = await stubs(folder, ...args);
    expect(made).toMatchObject({ code: 0, stdout: "" });
    const text = await Deno.readTextFile(join(folder, "types/toy.ts"));
    expect(text).toContain("    deno task stubs toy json --out types/toy.ts\n");
    expect(text).toContain(`play: py.Callable<{ order: ["rounds"]; params: { rounds: number }`);

    expect(await stubs(folder, ...args, "--check")).toMatchObject({ code: 0 });

    await Deno.writeTextFile(
      join(folder, "toy.py"),
      "def play(rounds: float | None) -> str: ...\n",
    );
    const stale = await stubs(folder, ...args, "--check");
    expect(stale.code).toBe(2);
    expect(stale.stderr).toContain(
      "types/toy.ts is stale: the types of toy have changed. Make it again: " +
        "deno task stubs toy json --out types/toy.ts\n",
    );
    expect(await Deno.readTextFile(join(folder, "types/toy.ts"))).toBe(text);
  }));

Deno.test("a module elsewhere is found by the path that is given, which the file then names", () =>
  withToy(async (folder) => {
    await Deno.mkdir(join(folder, "lib"));
    await Deno.writeTextFile(join(folder, "lib/far.py"), "def away() -> int: ...\n");
    const lost = await stubs(folder, "far");
    expect([lost.code, lost.stderr]).toEqual([2, expect.stringContaining("--path <folder>")]);
    const { code, stdout } = await stubs(folder, "--path", "lib", "far", "toy");
    expect(code).toBe(0);
    expect(stdout).toContain("    deno task stubs far toy --path lib\n");
    expect(stdout).toContain("export interface Far");
  }));

Deno.test("what was edited by hand, or is not there, is not up to date", () =>
  withToy(async (folder) => {
    const args = ["toy", "--out", "toy.ts"];
    const missing = await stubs(folder, ...args, "--check");
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining("does not exist")]);
    const { stdout } = await stubs(folder, "toy");
    expect(stdout).toContain("export interface Toy");
    await Deno.writeTextFile(join(folder, "toy.ts"), `// mine\n${stdout}`);
    const edited = await stubs(folder, ...args, "--check");
    expect([edited.code, edited.stderr]).toEqual([2, expect.stringContaining("not as it is made")]);
  }));

Deno.test("mistakes are told in one message that says what to do", () =>
  withToy(async (folder) => {
    const unknown = await stubs(folder, "toy", "no_such_module");
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toMatch(/No module named 'no_such_module'.*--python <executable>/);
    expect(unknown.stderr).not.toContain("    at ");
    const { code, stderr } = await stubs(folder, "toy", "--check");
    expect([code, stderr]).toEqual([
      2,
      "error: deno task stubs --check needs the file to check: --out <file>.\n",
    ]);
    expect(await stubs(folder, "--nonsense")).toMatchObject({ code: 2 });
  }));

Deno.test("what src/engine uses is up to date", async () => {
  expect(await stubs(root, "--check")).toMatchObject({ code: 0 });
});
