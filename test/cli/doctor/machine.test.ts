import { expect } from "expect";
import { containerLimit, variableFindings } from "../../../src/cli/doctor/machine.ts";

const files = (texts: Readonly<Record<string, string>>) => (path: string) => {
  const text = texts[path];
  return text === undefined ? Promise.reject(new Error("not there")) : Promise.resolve(text);
};
const [v2, v1] = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"];

Deno.test("the limit of a container is that of its control group, of either version", async () => {
  expect(await containerLimit(files({ [v2]: "2147483648\n" }))).toBe(2147483648);
  expect(await containerLimit(files({ [v1]: "1073741824\n" }))).toBe(1073741824);
  expect(await containerLimit(files({ [v2]: "1\n", [v1]: "2\n" }))).toBe(1);
});

Deno.test("no limit is no number, a number too large to be one, or no file", async () => {
  expect(await containerLimit(files({ [v2]: "max\n" }))).toBeUndefined();
  expect(await containerLimit(files({ [v1]: "9223372036854771712\n" }))).toBeUndefined();
  expect(await containerLimit(files({}))).toBeUndefined();
});

Deno.test("variables that change how libraries compute are named, and no other", () => {
  const [finding] = variableFindings({
    ...{ OMP_NUM_THREADS: "1", HOME: "/home/ada", SECRET: "x", LD_PRELOAD: "y", KMP_AFFINITY: "z" },
  });
  expect(finding).toEqual({
    verdict: "ok",
    says: "KMP_AFFINITY=z, LD_PRELOAD=y, OMP_NUM_THREADS=1",
  });
  expect(variableFindings({ PATH: "/bin" })).toEqual([{ verdict: "ok", says: "none that matter" }]);
});

Deno.test("KMP_DUPLICATE_LIB_OK hides a clash, so it is wrong", () => {
  const verdicts = (value: string) =>
    variableFindings({ KMP_DUPLICATE_LIB_OK: value }).map(({ verdict }) => verdict);
  expect(verdicts("TRUE")).toEqual(["note", "wrong"]);
  expect(verdicts("FALSE")).toEqual(["ok"]);
});
