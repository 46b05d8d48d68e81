/** The environment variables that CPython reads. In processes of their own: Python starts once in each. */
import { expect } from "expect";

/** What starting Python with these variables gives: `sys.prefix`, or what was thrown. */
async function startedWith(env: Record<string, string>) {
  const module = import.meta.resolve("clusterfit/python");
  const code = `
    import { python } from "${module}";
    try {
      await python.start();
      console.log("venv", python.import("sys").attr("prefix") === python.info.prefix);
      console.log("children", python.import("os").method("getenv", "PYTHONHOME"));
    } catch (error) { console.log(error.name, error.message); }`;
  const { code: status, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", code],
    env,
  }).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { status, out, err };
}

Deno.test("PYTHONHOME is taken away, from Python's own children too", async () => {
  expect(await startedWith({ PYTHONHOME: "/nowhere" }))
    .toEqual({ status: 0, out: "venv true\nchildren null\n", err: "" });
});

Deno.test("a variable that Python cannot start with is an InterpreterError, and the process goes on", async () => {
  const wrong = { PYTHONHASHSEED: "abc", PYTHONMALLOC: "bogus", PYTHONPLATLIBDIR: "nowhere" };
  for (const [name, value] of Object.entries(wrong)) {
    const { status, out, err } = await startedWith({ [name]: value });
    expect({ status, err }).toEqual({ status: 0, err: "" });
    expect(out).toMatch(/^InterpreterError Cannot start \S+: it needs valid environment variables/);
    expect(out).toContain(name);
  }
});
