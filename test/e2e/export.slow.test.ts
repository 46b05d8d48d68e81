import { expect } from "expect";
import { join } from "node:path";
import { isThere } from "../../src/pipeline/files.ts";
import { madeUpRun } from "../export/made_up_run.ts";
import { run, start } from "./command.ts";

/** Reads what a command says until it says `line`; resolves to whether it did. */
async function says(child: Deno.ChildProcess, line: string): Promise<boolean> {
  let text = "";
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.includes(line)) return true;
  }
  return false;
}

const list = (dir: string) => Deno.readTextFile(join(dir, "export.json"));

Deno.test("an export that is killed leaves nothing, and the next one is as if it had never been", async () => {
  await using made = await madeUpRun();
  const [undisturbed, killed] = [join(made.runs, "undisturbed"), join(made.runs, "killed")];
  const into = (out: string) => ["export", "made", "--runs", made.runs, "--out", out];
  const first = await run(into(undisturbed));
  expect(first.stderr).toBe("");
  expect(first.code).toBe(0);
  expect(first.stdout).toContain(`Exported  ${undisturbed}`);
  for (const line of ["Writing onnx", "Writing clusters"]) {
    const child = start(into(killed));
    expect(await says(child, line)).toBe(true);
    child.kill("SIGKILL");
    await child.stderr.cancel();
    await child.status;
    expect(await isThere(killed)).toBe(false);
  }
  expect((await run(into(killed))).code).toBe(0);
  expect(await list(killed)).toBe(await list(undisturbed));
  expect(await isThere(join(made.runs, ".killed.partial"))).toBe(false);
});

Deno.test("Ctrl-C ends an export with 130 and leaves nothing", async () => {
  await using made = await madeUpRun();
  const out = join(made.runs, "out");
  const child = start(["export", made.dir, "--out", out]);
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (let chunk; (chunk = await reader.read()).value !== undefined;) {
    if (!text.includes("Writing onnx") && chunk.value.includes("Writing onnx")) {
      child.kill("SIGINT");
    }
    text += chunk.value;
  }
  expect((await child.status).code).toBe(130);
  await child.stderr.cancel();
  expect(text).toContain("Stopped; nothing was written.");
  expect(await isThere(out)).toBe(false);
  expect(await isThere(join(made.runs, ".out.partial"))).toBe(false);
});

Deno.test("a run that is not there is refused with those that are", async () => {
  await using made = await madeUpRun();
  const { code, stderr } = await run(["export", "other", "--runs", made.runs, "--out", "x"]);
  expect(code).toBe(2);
  expect(stderr).toContain(
    `Cannot find the run "other": it needs the folder of a run or the id of one in ${made.runs}, ` +
      "which has made.",
  );
});
