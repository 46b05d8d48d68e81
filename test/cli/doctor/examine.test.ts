import { expect } from "expect";
import {
  type Finding,
  LeftOut,
  note,
  ok,
  type Patient,
  wrong,
} from "../../../src/cli/doctor/check.ts";
import { bugReport, describe, examine, isWell } from "../../../src/cli/doctor/examine.ts";

const nobody = {} as Patient;
const check = (name: string, ...findings: Finding[]) => ({
  name,
  run: () => Promise.resolve(findings),
});
const throwing = (name: string, error: unknown) => ({ name, run: () => Promise.reject(error) });

Deno.test("one check that throws does not keep the others from running", async () => {
  const told: string[] = [];
  const found = await examine(
    [
      check("a", ok("fine")),
      throwing("b", new Error("broken")),
      throwing("c", new LeftOut("no Python")),
      check("d", note("odd", "look")),
    ],
    nobody,
    ({ name }) => void told.push(name),
  );
  expect(told).toEqual(["a", "b", "c", "d"]);
  expect(found.map(({ findings }) => findings)).toEqual([
    [{ verdict: "ok", says: "fine" }],
    [{ verdict: "wrong", says: "broken", todo: "Mend that, or report it with the lines below." }],
    [{ verdict: "left out", says: "not looked at: no Python" }],
    [{ verdict: "note", says: "odd", todo: "look" }],
  ]);
  expect(found.every(({ seconds }) => seconds >= 0)).toBe(true);
});

Deno.test("all is well where nothing is wrong, whatever else is said", () => {
  const examined = (...findings: Finding[]) => [{ name: "a", seconds: 0, findings }];
  expect(isWell(examined(ok("x"), note("y"), { verdict: "left out", says: "z" }))).toBe(true);
  expect(isWell(examined(ok("x"), wrong("y", "do")))).toBe(false);
});

Deno.test("a check has a line for each finding, with its time, and what to do below it", () => {
  const findings = [ok("2 things"), wrong("one is bad\nvery", "Mend it.")];
  expect(describe({ name: "disk", seconds: 1.23, findings })).toBe(`\
ok    disk       2 things (1.2 s)
WRONG            one is bad
                 very
                 -> Mend it.`);
  expect(describe({ name: "disk", seconds: 0.01, findings: [ok("fine")] }))
    .toBe("ok    disk       fine");
});

Deno.test("the report has a line for each check, and does not name the user", () => {
  const examined = [
    { name: "Python", seconds: 0, findings: [ok("/home/ada/.venv/bin/python"), ok("3.11")] },
    { name: "set-up", seconds: 0, findings: [wrong("two\n  lines", "Mend it.")] },
  ];
  expect(bugReport(examined, { version: "0.1.0", home: "/home/ada" })).toBe(`\
clusterfit 0.1.0
Python: ~/.venv/bin/python; 3.11
set-up: WRONG two | lines`);
});
