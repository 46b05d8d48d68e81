import { expect } from "expect";
import { fileURLToPath } from "node:url";
import { compareStage, median } from "../../tasks/bench/compare.ts";
import { overhead } from "../../tasks/bench/overhead.ts";
import { stageNames } from "../../tasks/bench/stages.ts";
import { parseConfig } from "../../src/clusterfit/config.ts";
import { ensureSetup } from "../../tasks/setup.ts";

const root = new URL("../../", import.meta.url);

Deno.test("TypeScript and Python alone make the same bytes, and every stage is compared", async () => {
  const said: string[] = [];
  const measured = await overhead({
    setup: await ensureSetup(),
    pairs: 1,
    say: (line) => said.push(line),
    config: parseConfig({
      ...{ images: 300, targetSize: 20, width: 4, epochs: 2, k: 10, workers: 1, threads: 1 },
      training: { batchSize: 64 },
      clustering: { iterations: 5 },
      probe: { layerBudget: 64, costs: [0.1, 0.01] },
    }),
  });
  expect(measured).toMatchObject({ bench: "overhead", pairs: 1 });
  expect(measured.stages.map(({ stage }) => stage)).toEqual([...stageNames]);
  for (const { typescript, python, differenceMs, ratio, sha256 } of measured.stages) {
    expect(typescript).toBeGreaterThan(0);
    expect(differenceMs).toBeCloseTo(1000 * (typescript - python), 6);
    expect(ratio).toBeCloseTo(typescript / python, 9);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  }
  expect(new Set(measured.stages.map(({ sha256 }) => sha256)).size).toBe(stageNames.length);
  expect(measured.machine.versions).toHaveProperty("torch");
  expect(measured.machine.resolved).toMatchObject({ workers: 1, threads: 1 });
  expect(said).toHaveLength(3);
});

Deno.test("a stage is within the limit by 2% or by 100 ms", () => {
  const within = (typescript: number, python: number) =>
    compareStage({ typescript: [typescript], python: [python] }).within;
  expect(within(1.099, 1)).toBe(true);
  expect(within(1.101, 1)).toBe(false);
  expect(within(101.99, 100)).toBe(true);
  expect(within(102.01, 100)).toBe(false);
  expect(within(0.5, 1)).toBe(true);
});

Deno.test("one run that was disturbed does not move the comparison", () => {
  const { typescript, python, differenceMs } = compareStage({
    typescript: [1.1, 1.2, 9, 1.3, 1.25],
    python: [1, 8, 1.2, 1.1, 1.15],
  });
  expect([typescript, python]).toEqual([1.25, 1.15]);
  expect(differenceMs).toBeCloseTo(100, 9);
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

for (
  const [name, args, says] of [
    [
      "a bench that there is not",
      ["speed"],
      /name of one bench \(overhead, bridge, event-loop\), got "speed"/,
    ],
    ["no name at all", [], /name of one bench/],
    [
      "a peer that there is not",
      ["bridge", "--peer", "./nowhere.ts"],
      /got ".\/nowhere.ts": Module not found/,
    ],
    ["a peer where none is compared", ["overhead", "--peer", "x.ts"], /goes with the bench/],
    ["a number of pairs that is none", ["overhead", "--pairs", "many"], /--pairs needs a whole/],
  ] as const
) {
  Deno.test(`${name} ends with exit code 2 and one message`, async () => {
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-all", fileURLToPath(new URL("tasks/bench.ts", root)), ...args],
    }).output();
    const text = new TextDecoder().decode(stderr);
    expect(code).toBe(2);
    expect(text).toMatch(says);
    expect(text).not.toMatch(/^\s+at /m);
  });
}
