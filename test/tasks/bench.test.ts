import { startedWith } from "../../tasks/bench/memory.ts";
import { expect } from "expect";
import { fileURLToPath } from "node:url";
import { askChild, tryChild } from "../../tasks/bench/child.ts";
import { compareStage, median } from "../../tasks/bench/compare.ts";
import { overhead } from "../../tasks/bench/overhead.ts";
import { stageNames } from "../../tasks/bench/stages.ts";
import { defaultExperiment } from "../../src/experiments/default.ts";
import { parseConfig } from "../../src/method/parse_config.ts";
import { ensureSetup } from "../../tasks/setup.ts";

const root = new URL("../../", import.meta.url);

Deno.test("TypeScript and Python alone make the same bytes, and every stage is compared", async () => {
  const said: string[] = [];
  const measured = await overhead({
    setup: await ensureSetup(),
    pairs: 1,
    say: (line) => said.push(line),
    config: parseConfig(defaultExperiment.schema, {
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

Deno.test("a process that gives no answer tells how it ended", async () => {
  const ended = (source: string, input = {}) =>
    tryChild([Deno.execPath(), "eval", source], input, {}, { seconds: 30 });
  const answers = `const text = await new Response(Deno.stdin.readable).text();
    console.log("by the way"); console.log(text);`;
  expect(await ended(answers, { a: [1] })).toEqual({ answer: { a: [1] } });
  const endings = [
    [
      "Deno.kill(Deno.pid, 'SIGABRT'); await new Promise(() => setTimeout(() => {}, 1e6))",
      /^crashed \(SIGABRT\)$/,
      /^$/,
    ],
    ["Deno.exit(7)", /^crashed \(exit code 7\)$/, /^$/],
    ["throw new Error('no')", /^crashed \(exit code 1\)$/, /^error: .*Error: no/],
    ["console.log('half')", /^no answer$/, /half/],
    ["", /^no answer$/, /^$/],
  ] as const;
  const big = { text: "x".repeat(1_000_000) }; // more than a pipe takes from one who does not read
  for (const [source, how, said] of endings) {
    const { failure } = await ended(source, big);
    expect(failure?.how).toMatch(how);
    expect(failure?.said).toMatch(said);
  }
  const { failure } = await tryChild(
    [Deno.execPath(), "eval", "while (true);"],
    {},
    {},
    { seconds: 0.3 },
  );
  expect(failure).toEqual({ how: "hung (0.3 s)", said: "" });
  await expect(askChild([Deno.execPath(), "eval", "Deno.exit(7)"], {}, {})).rejects.toThrow(
    "failed: crashed (exit code 7)",
  );
});

for (
  const [name, args, says] of [
    [
      "a bench that there is not",
      ["speed"],
      /name of one bench \(overhead, bridge, event-loop, loading, memory, server\), got "speed"/,
    ],
    ["no name at all", [], /name of one bench/],
    [
      "a peer that there is not",
      ["bridge", "--peer", "./nowhere.ts"],
      /got ".\/nowhere.ts": Module not found/,
    ],
    ["a peer where none is compared", ["overhead", "--peer", "x.ts"], /goes with the benches/],
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

Deno.test("memory is measured of the job and of the server as deno task starts them", async () => {
  const { tasks } = JSON.parse(
    await Deno.readTextFile(new URL("../../deno.json", import.meta.url)),
  );
  const env = Object.entries(startedWith.env).map(([name, value]) => `${name}=${value}`);
  for (const task of ["clusterfit", "serve"]) {
    expect(tasks[task]).toBe(
      [...env, "deno run --allow-all", ...startedWith.flags, `tasks/${task}.ts`].join(" "),
    );
  }
});
