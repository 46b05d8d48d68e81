import { expect } from "expect";
import { defaultExperiment } from "../../src/experiments/default.ts";
import { makeJob } from "../../src/steps/job.ts";
import { runJob } from "../../src/steps/run_job.ts";
import { once, withDefaults } from "../../src/steps/step_options.ts";

const job = makeJob(defaultExperiment, "", { images: 60, k: 5 });

Deno.test("a run into a folder that cannot be made is refused before Python starts", async () => {
  let started = false;
  const engine = () => {
    started = true;
    return Promise.reject(new Error("it is not needed"));
  };
  await expect(runJob(job, { runs: "/proc/nope", engine })).rejects.toMatchObject({
    name: "UserError",
    message: expect.stringContaining("Cannot make the run folder /proc/nope"),
  });
  expect(started).toBe(false);
});

Deno.test("a run whose signal is aborted is not begun", async () => {
  const runs = await Deno.makeTempDir();
  try {
    const signal = AbortSignal.abort(new Error("stopped by the user"));
    const planned: string[] = [];
    const running = runJob(job, { runs, signal, onPlan: ({ id }) => planned.push(id) });
    await expect(running).rejects.toThrow("stopped by the user");
    expect(planned).toEqual([]);
    expect(await Array.fromAsync(Deno.readDir(runs))).toEqual([]);
  } finally {
    await Deno.remove(runs, { recursive: true });
  }
});

Deno.test("options that are undefined are as if they were left out", () => {
  const { runs, signal } = withDefaults({ runs: undefined, signal: undefined });
  expect([runs, signal.aborted]).toEqual(["runs", false]);
});

Deno.test("an engine is started once, also where it fails", async () => {
  let times = 0;
  const start = once(() => Promise.reject(new Error(`${++times}`)));
  await expect(start()).rejects.toThrow("1");
  await expect(start()).rejects.toThrow("1");
});
