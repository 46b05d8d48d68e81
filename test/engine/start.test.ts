/** Starting the engine where something is missing. In processes of their own: Python starts once in each. */
import { expect } from "expect";
import { join } from "node:path";

const module = new URL("../../src/engine/mod.ts", import.meta.url).href;

/** What `startEngine(options)` throws in a new process: its name, kind and message. */
async function failure(options: string, env: Record<string, string>) {
  const code = `
    import { startEngine } from "${module}";
    const error = await startEngine(${options}).then(() => ({}), (error) => error);
    console.log(JSON.stringify([error.name, error.kind, error.message]));`;
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", code],
    env,
    stderr: "inherit",
  }).output();
  const [name, kind, message] = JSON.parse(new TextDecoder().decode(stdout));
  return { name, kind, message };
}

Deno.test("a missing Python is an EngineError", async () => {
  const executable = "/nowhere/bin/python";
  const found = await failure(`{ executable: "${executable}" }`, {});
  expect(found).toMatchObject({ name: "EngineError", kind: "InterpreterError" });
  expect(found.message).toContain(executable);
});

Deno.test("a Python without a working PyTorch is told how to get one", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(
      join(folder, "torch.py"),
      'raise ImportError("libtorch is missing")\n',
    );
    const found = await failure("{}", { PYTHONPATH: folder });
    expect(found).toMatchObject({ name: "EngineError", kind: "ImportError" });
    expect(found.message).toMatch(
      /python\S* cannot import .*libtorch is missing.*`deno task setup`/,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
