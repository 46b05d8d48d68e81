/** The doctor as its user calls it: on this machine, and where things are missing. */
import { expect } from "expect";
import { run } from "./command.ts";

interface Found {
  readonly well: boolean;
  readonly checks: readonly {
    readonly name: string;
    readonly findings: readonly { readonly verdict: string; readonly says: string }[];
  }[];
  readonly report: string;
}

const verdictsOf = ({ checks }: Found, name: string) =>
  checks.find((check) => check.name === name)?.findings.map(({ verdict }) => verdict);

Deno.test("on a machine that is set up nothing is wrong, and every part is tried", async () => {
  const { code, stdout } = await run(["doctor", "--json"]);
  const found: Found = JSON.parse(stdout);
  const wrong = found.checks.filter(({ findings }) =>
    findings.some(({ verdict }) => verdict === "wrong" || verdict === "left out")
  );
  expect({ code, wrong, well: found.well }).toEqual({ code: 0, wrong: [], well: true });
  for (const part of ["bridge", "tensors", "training", "k-means", "probe", "pictures", "tables"]) {
    expect(verdictsOf(found, part)).toEqual(["ok"]);
  }
  expect(found.report).toMatch(/^clusterfit \S+\nDeno: /);
});

Deno.test("where there is no Python it says so, and looks at the rest", async () => {
  const { code, stdout } = await run(["doctor", "--json"], {
    ...{ CLUSTERFIT_PYTHON: "/nowhere/python", VIRTUAL_ENV: "/nowhere", PATH: "/nowhere" },
  });
  const found: Found = JSON.parse(stdout);
  expect({ code, well: found.well }).toEqual({ code: 1, well: false });
  expect(found.checks.find(({ name }) => name === "set-up")?.findings[0]).toMatchObject({
    verdict: "wrong",
    says: expect.stringContaining("/nowhere/python: no such file"),
  });
  expect(verdictsOf(found, "disk")).toContain("ok");
  // the parts are tried where the checkout has an environment of its own, and left out together where not
  expect([["ok"], ["left out"]]).toContainEqual(verdictsOf(found, "training"));
  expect(verdictsOf(found, "training")).toEqual(verdictsOf(found, "tensors"));
  expect(found.report).toContain("WRONG");
});

Deno.test("for people it is lines, and what to paste into a bug report at the end", async () => {
  const { stdout } = await run(["doctor"], {
    ...{ CLUSTERFIT_PYTHON: "/nowhere/python", VIRTUAL_ENV: "/nowhere", PATH: "/nowhere" },
  });
  expect(stdout).toMatch(/^ok {4}Deno /m);
  expect(stdout).toMatch(/^WRONG set-up /m);
  expect(stdout).toMatch(/Something is wrong: [^]*For a bug report:\n\nclusterfit /);
});
