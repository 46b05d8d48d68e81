import { join } from "node:path";
import { expect } from "expect";
import { identify } from "../../src/cli/identity.ts";
import { makeJob } from "../../src/cli/job.ts";
import { type DefaultConfig, defaultExperiment } from "../../src/experiments/default.ts";
import type { Engine } from "../../src/engine/mod.ts";
import type { JsonObject } from "../../src/pipeline/json.ts";
import { formatRecord, type RunRecord } from "../../src/pipeline/record.ts";
import { record } from "../report/fixture.ts";

const machine = { versions: {}, threads: 2, bf16: false, cuda: null, faissGpu: false };
const engine = () =>
  Promise.resolve({ devices: { describe: () => Promise.resolve(machine) } } as unknown as Engine);
const noEngine = () => Promise.reject(new Error("a known run needs no engine"));
const resolved = { device: "cpu", precision: "float32", threads: 1, workers: 2, kmeans: "faiss" };

const ask = (asked: JsonObject) => makeJob(defaultExperiment, "", asked);
const defaultConfig = ask({}).config;
/** Asked for when the defaults were others. */
const askedOnce = (asked: JsonObject, config: Partial<DefaultConfig>) => ({
  ...ask(asked),
  config: { ...ask(asked).config, ...config },
});

/** Writes the run that was begun by `asked` and meant `config` then. */
async function begin(out: string, id: string, asked: JsonObject, config: JsonObject) {
  await Deno.mkdir(join(out, id));
  const begun = { ...record, id, asked, config, resolved } as RunRecord;
  await Deno.writeTextFile(join(out, id, "run.json"), formatRecord(begun));
}

Deno.test("a run is known by what was asked, whatever the defaults", async () => {
  const out = await Deno.makeTempDir();
  const { id } = await identify(ask({ k: 7 }), out, engine);
  expect(id).toMatch(/^rotnet-[0-9a-f]{8}$/);
  expect((await identify(ask({ k: 7 }), out, engine)).id).toBe(id);
  expect((await identify(ask({ k: 8 }), out, engine)).id).not.toBe(id);
  expect((await identify(askedOnce({ k: 7 }, { epochs: 99 }), out, engine)).id).toBe(id);
  await begin(out, id, { k: 7 }, defaultConfig);
  const otherTeacher = askedOnce({ k: 7 }, { epochs: 99, teacher: "hashtags" });
  expect((await identify(otherTeacher, out, noEngine)).id).toBe(id);
});

Deno.test("a run goes on with the config in its run.json where a default has changed since", async () => {
  const out = await Deno.makeTempDir();
  const { id } = await identify(ask({ k: 7 }), out, engine);
  await begin(out, id, { k: 7 }, { ...defaultConfig, k: 7, epochs: 5 });
  const found = await identify(ask({ k: 7 }), out, noEngine);
  expect(found).toMatchObject({ id, config: { k: [7], epochs: 5 }, resolved });
});

Deno.test("a run that began before a key was added goes on, the key at its default", async () => {
  const out = await Deno.makeTempDir();
  const { id } = await identify(ask({}), out, engine);
  const { clustering: _, ...older } = defaultConfig;
  await begin(out, id, {}, older);
  const { config } = await identify(ask({}), out, noEngine);
  expect(config).toEqual(defaultConfig);
});

Deno.test("a run whose config this version does not know is refused, with what to do", async () => {
  const out = await Deno.makeTempDir();
  const { id } = await identify(ask({}), out, engine);
  await begin(out, id, {}, { ...defaultConfig, temperature: 20 });
  await expect(identify(ask({}), out, noEngine)).rejects.toMatchObject({
    name: "UserError",
    message: expect.stringMatching(/temperature.*Move the folder away/s),
  });
});
