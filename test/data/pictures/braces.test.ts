import { expect } from "expect";
import fc from "fast-check";
import { expandBraces } from "../../../src/data/pictures/braces.ts";

Deno.test("a range has as many digits as its longer end where one begins with 0", () => {
  expect(expandBraces("x-{008..011}.tar")).toEqual(
    ["x-008.tar", "x-009.tar", "x-010.tar", "x-011.tar"],
  );
  expect(expandBraces("x-{8..11}.tar")).toEqual(["x-8.tar", "x-9.tar", "x-10.tar", "x-11.tar"]);
  expect(expandBraces("{0..10}")).toHaveLength(11);
  expect(expandBraces("{2..0}")).toEqual(["2", "1", "0"]);
});

Deno.test("lists, and several of them; other braces and none stay", () => {
  expect(expandBraces("{a,b}/{0..1}.tar")).toEqual(["a/0.tar", "a/1.tar", "b/0.tar", "b/1.tar"]);
  expect(expandBraces("x.tar")).toEqual(["x.tar"]);
  expect(expandBraces("x-{0.tar")).toEqual(["x-{0.tar"]);
});

Deno.test("a range is as bash expands it", async () => {
  const end = fc.integer({ min: 0, max: 120 }).chain((value) =>
    fc.integer({ min: 1, max: 4 }).map((digits) => String(value).padStart(digits, "0"))
  );
  await fc.assert(
    fc.asyncProperty(end, end, async (first, last) => {
      const pattern = `s-{${first}..${last}}.tar`;
      const { stdout } = await new Deno.Command("bash", { args: ["-c", `echo ${pattern}`] })
        .output();
      expect(expandBraces(pattern).join(" ")).toBe(new TextDecoder().decode(stdout).trim());
    }),
    { numRuns: 40 },
  );
});
