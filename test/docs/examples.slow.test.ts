/** The examples of `mod.ts` that start Python, and those that read the run that one of them makes. */
import { expect } from "expect";
import { examples, expectPrinted } from "./examples.ts";

Deno.test("the examples of mod.ts with Python run, in one folder, and print what they say", async () => {
  const slow = (await examples()).filter((example) => example.slow);
  expect(slow.length).toBeGreaterThan(6);
  await expectPrinted(slow);
});
