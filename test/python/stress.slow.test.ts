import { expect } from "expect";
import { runProgram } from "./support.ts";

Deno.test("4 Python threads, jobs, callbacks and garbage collection go together for a minute", async () => {
  const { code, stdout, stderr } = await runProgram("stress.ts", ["60"]);
  expect([code, stderr]).toEqual([0, ""]);
  const { failures, grown } = JSON.parse(stdout);
  expect(failures).toEqual([]);
  expect(grown.registered).toBe(0);
  expect(grown.blocks).toBeLessThan(2000);
  expect(grown.megabytes).toBeLessThan(32);
});
