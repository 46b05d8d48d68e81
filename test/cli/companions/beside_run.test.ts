import { join } from "node:path";
import process from "node:process";
import { expect } from "expect";
import { performRun } from "../../../src/cli/run_command.ts";
import { defaultExperiment } from "../../../src/experiments/default.ts";
import { resolve } from "../../../src/method/resolve.ts";
import { type RunEvent, sealEvent } from "../../../src/pipeline/events.ts";
import { openRun, type RunFolder } from "../../../src/pipeline/store.ts";
import type { PlannedRun, RunOptions } from "../../../src/steps/step_options.ts";
import { attempt } from "../../pipeline/events.ts";
import { record, study } from "../../report/fixture.ts";
import { writeFinishedRun, writeRunningRun } from "../../registry/folders.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { until } from "../../until.ts";

const config = defaultExperiment.schema.parse({});
const planned = (dir: string): PlannedRun => ({
  ...{ id: "seven", dir, asked: {}, config, study, nodes: [] },
  resolved: resolve(config, { threads: 2, bf16: false, cuda: null, faissGpu: false }),
});
const started: RunEvent = {
  ...{ t: "2026-01-01T00:00:00.000Z", type: "run-started", attempt: { run: "seven", ...attempt } },
};

/** Performs a step with a file that is written when the run is told of. */
async function perform(file: string, step: (options: RunOptions) => Promise<RunFolder>) {
  const companions = [{ kind: "notify", how: `command:cat > '${file}'` }] as const;
  const lines: string[] = [];
  const output = {
    ...{ stream: process.stderr, live: false, result: () => {} },
    line: (text: string) => void lines.push(text),
  };
  const terms = { output, command: [], install: () => Promise.resolve() };
  await performRun(step, { out: "", json: false, companions }, terms);
}

function logIn(dir: string): string {
  const names = [...Deno.readDirSync(join(dir, "companions"))].map(({ name }) => name);
  return names.find((name) => name.endsWith(".log")) ?? "";
}

/** Waits until it was told, and was noted down. */
async function told(dir: string, file: string): Promise<string> {
  await until(() => Deno.readTextFileSync(join(dir, "companions", logIn(dir))).includes("Told"));
  return JSON.parse(await Deno.readTextFile(file)).event;
}

Deno.test("what was asked for beside a run starts once that has begun, and tells what became of it", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "seven", Date.now());
  const [dir, file] = [join(folder.path, "seven"), join(folder.path, "told")];
  const failing = perform(file, ({ onPlan, onEvent }) => {
    onPlan?.(planned(dir));
    expect(() => Deno.statSync(join(dir, "companions"))).toThrow(Deno.errors.NotFound);
    onEvent?.(started);
    expect(Deno.statSync(join(dir, "companions")).isDirectory).toBe(true);
    return Promise.reject(new Error("killed"));
  });
  await expect(failing).rejects.toThrow("killed");
  expect(await told(dir, file)).toBe("interrupted");
  const log = join(dir, "companions", logIn(dir));
  const again = JSON.stringify(sealEvent({ ...started, t: new Date().toISOString() }));
  await Deno.writeTextFile(join(dir, "events.jsonl"), `\n${again}\n`, { append: true });
  await expect(perform(file, ({ onPlan, onEvent }) => {
    onPlan?.(planned(dir));
    onEvent?.(started);
    return Promise.reject(new Error("killed again"));
  })).rejects.toThrow("killed again");
  // what was told before it went on is still there
  await until(() => Deno.readTextFileSync(log).split("Told: interrupted").length === 3);
});

Deno.test("of a run that was done before it starts all the same", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path);
  const [dir, file] = [join(folder.path, record.id), join(folder.path, "told")];
  await perform(file, async ({ onPlan }) => {
    onPlan?.(planned(dir));
    return await openRun(dir);
  });
  expect(await told(dir, file)).toBe("finished");
});
