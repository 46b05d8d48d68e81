import { join } from "node:path";
import { expect } from "expect";
import { identify } from "../../src/steps/identity.ts";
import { makeJob } from "../../src/steps/job.ts";
import type { Engine } from "../../src/engine/mod.ts";
import { defaultExperiment } from "../../src/experiments/default.ts";
import { own } from "../../src/experiments/own.ts";
import { figure3 } from "../../src/experiments/figure3.ts";
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
  const otherDefaults = { ...ask({ k: 7 }), config: { ...defaultConfig, k: [7], epochs: 99 } };
  expect((await identify(otherDefaults, out, engine)).id).toBe(id);
  const otherTeacher = { ...otherDefaults.config, teacher: "hashtags" } as const;
  await begin(out, id, { k: 7 }, defaultConfig);
  expect((await identify({ ...ask({ k: 7 }), config: otherTeacher }, out, noEngine)).id).toBe(id);
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

Deno.test("the default job keeps its id; an experiment's has its name, and no other scale's or job's hash", async () => {
  const out = await Deno.makeTempDir();
  const idOf = async (job: Parameters<typeof identify>[0]) => (await identify(job, out, engine)).id;
  expect(await idOf(ask({}))).toBe("rotnet-44136fa3");
  const small = await idOf(makeJob(figure3, "small", {}) as never);
  expect(small).toMatch(/^figure3-[0-9a-f]{8}$/);
  expect(small).not.toContain("44136fa3");
  expect(await idOf(makeJob(figure3, "large", {}) as never)).not.toBe(small);
});

Deno.test("what a new run names is looked for before Python starts", async () => {
  const out = await Deno.makeTempDir();
  const missing: [JsonObject, string][] = [
    [{ data: join(out, "photos") }, "found nothing of that name"],
    [{ target: { plants: join(out, "plants") } }, "found nothing of that name"],
    [{ teacher: join(out, "a.safetensors"), target: { x: out } }, "Cannot take the network"],
    [{ teacher: "efficientnet-lit0" }, "Did you mean efficientnet-lite0?"],
  ];
  for (const [asked, said] of missing) {
    await expect(identify(makeJob(own, "", asked), out, noEngine)).rejects.toThrow(said);
  }
  const there = identify(makeJob(own, "", { data: out, target: { x: out } }), out, noEngine);
  await expect(there).rejects.toThrow("needs no engine");
});
