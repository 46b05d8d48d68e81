import { join } from "node:path";
import { expect } from "expect";
import { findInterpreter } from "clusterfit/python";
import { diagnose } from "../../../src/cli/doctor/diagnosis.ts";

/** What becomes of asking a program that does this. */
async function asking(script: string) {
  const path = join(await Deno.makeTempDir(), "python");
  await Deno.writeTextFile(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return await diagnose(path, ["torch", "faiss"]);
}

Deno.test("a Python whose imports end it is told with how it ended", async () => {
  expect(await asking("kill -SEGV $$")).toEqual({
    order: ["torch", "faiss"],
    failure: "it ended with SIGSEGV",
  });
  expect(await asking("echo one >&2; echo OMP: Error 15 >&2; exit 3"))
    .toMatchObject({ failure: "it ended with exit code 3 OMP: Error 15" });
});

Deno.test("what is no Python, or answers nonsense, did not answer", async () => {
  for (const finding of [await diagnose("/nowhere/python", []), await asking("echo hello")]) {
    expect(finding).toMatchObject({ failure: expect.stringMatching(/^it did not answer: /) });
  }
});

Deno.test("a module that cannot be imported is told, and the others are there", async () => {
  const { executable } = findInterpreter();
  expect(await diagnose(executable, ["json", "no_such_module"])).toMatchObject({
    answer: {
      modules: {
        json: { file: expect.stringContaining("json") },
        no_such_module: { error: expect.stringContaining("ModuleNotFoundError") },
      },
      ...{ torch: null, faiss: null },
    },
  });
});
