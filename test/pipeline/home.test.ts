import { homedir } from "node:os";
import { expect } from "expect";
import { expandHome } from "../../src/pipeline/home.ts";

Deno.test("a path below ~ is in the user's own folder; ~ elsewhere is a letter like others", () => {
  expect(["~", "~/", "~/a/b.png"].map(expandHome)).toEqual([
    ...[homedir(), `${homedir()}/`, `${homedir()}/a/b.png`],
  ]);
  for (const path of ["~name/a", "a/~/b", "a~", "", "/tmp/~"]) expect(expandHome(path)).toBe(path);
});
