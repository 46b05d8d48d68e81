import { expect } from "expect";
import { join } from "node:path";
import { countJunit, formatCounts, sumCounts } from "../../tasks/lib/junit.ts";
import { denoSuite, runPool, runSuite, withAvx2 } from "../../tasks/lib/suite.ts";
import { hangSeconds, turn } from "../until.ts";

const limits = { env: {} };

async function run(text: string, timeoutSeconds: number = hangSeconds) {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(join(folder, "a.test.ts"), text);
    return await runSuite(denoSuite(folder, "a.test.ts", folder), { ...limits, timeoutSeconds });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("a suite's tests are counted from its report", async () => {
  const { counts, skipped } = await run(`
    Deno.test("passes", () => {});
    Deno.test("passes, <too> \\"", () => {});
    Deno.test("fails", () => { throw new Error("<failure>"); });
    Deno.test.ignore("is skipped", () => {});
  `);
  expect(counts).toEqual({ passed: 2, failed: 1, skipped: 1 });
  expect(skipped).toEqual(["is skipped"]);
});

Deno.test("a suite with AVX2 tells PyTorch so, and its name tells the reader", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(
      join(folder, "a.test.ts"),
      `Deno.test("plays", () => {
        const names = ["ONEDNN_MAX_CPU_ISA", "ATEN_CPU_CAPABILITY", "OF_ALL"];
        const found = names.map((name) => Deno.env.get(name)).join();
        if (found !== "AVX2,avx2,yes") throw new Error(found);
      });`,
    );
    const suite = withAvx2(denoSuite(folder, "a.test.ts", folder));
    const { counts } = await runSuite(suite, {
      timeoutSeconds: hangSeconds,
      env: { OF_ALL: "yes" },
    });
    expect([suite.name, counts.passed]).toEqual(["a.test.ts with AVX2", 1]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a file that throws outside a test is one failure", async () => {
  const { counts, output } = await run(`throw new Error("at the top");`);
  expect(counts).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(output).toContain("at the top");
});

Deno.test("a process that dies is one failure, named with its exit code", async () => {
  const { counts, output } = await run(`Deno.kill(Deno.pid, "SIGKILL");`);
  expect(counts.failed).toBe(1);
  expect(output).toContain("a.test.ts ended with SIGKILL");
});

Deno.test("a test that hangs is ended and is one failure", async () => {
  const { counts } = await run(`Deno.test("hangs", () => { while (true); });`, 1);
  expect(counts.failed).toBe(1);
});

Deno.test("pytest's report is counted, errors as failures", () => {
  const xml = `<?xml version="1.0"?><testsuites><testsuite errors="1" failures="1" skipped="1">
    <testcase classname="a" name="one" time="0.1"/>
    <testcase classname="a" name="two"><failure message="no">text</failure></testcase>
    <testcase classname="a" name="three"><error message="no">text</error></testcase>
    <testcase classname="a" name="four"><skipped message="no"/></testcase>
    <testcase classname="a" name="five" time="0.1"></testcase></testsuite></testsuites>`;
  expect(countJunit(xml)).toEqual({ passed: 2, failed: 2, skipped: 1 });
});

Deno.test("the closing line leaves out a count of none skipped", () => {
  const one = { passed: 2, failed: 1, skipped: 0 };
  expect(formatCounts(sumCounts([one, one]))).toBe("4 passed, 2 failed");
  expect(formatCounts({ ...one, skipped: 3 })).toBe("2 passed, 1 failed, 3 skipped");
});

Deno.test("a pool runs every item, never more at once than its width", async () => {
  let [running, most] = [0, 0];
  const done: number[] = [];
  await runPool([1, 2, 3, 4, 5], 2, async (item) => {
    most = Math.max(most, ++running);
    await turn();
    running--;
    done.push(item);
  });
  expect([most, done]).toEqual([2, [1, 2, 3, 4, 5]]);
});
