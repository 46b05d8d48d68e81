import { fit } from "../../src/experiments/fit.ts";
import { own } from "../../src/experiments/own.ts";
import { expect } from "expect";
import { makeJob } from "../../src/steps/job.ts";
import { defaultExperiment } from "../../src/experiments/default.ts";
import { figure3 } from "../../src/experiments/figure3.ts";
import { UserError } from "../../src/pipeline/errors.ts";

const scaled = {
  ...figure3,
  scales: { small: { config: { epochs: 3, training: { shift: 1, batchSize: 8 } }, takes: "" } },
};

Deno.test("a scale is laid over the defaults, what the user sets over the scale, key by key", () => {
  const { config } = makeJob(scaled, "small", { k: [7], training: { shift: 2 } });
  expect(config).toMatchObject({ epochs: 3, k: [7], training: { shift: 2, batchSize: 8 } });
  expect(makeJob(scaled, "small", { epochs: 9 }).config.epochs).toBe(9);
  expect(makeJob(scaled, "small", {}).config).toMatchObject({ training: { shift: 1 }, names: 100 });
});

Deno.test("what is asked names the experiment and its scale, and holds no default", () => {
  expect(makeJob(scaled, "small", { k: [7] }).asked).toEqual({
    ...{ experiment: "figure3", scale: "small", k: [7] },
  });
  // the default job's runs are known by what was set alone
  expect(makeJob(defaultExperiment, "", { k: [7] }).asked).toEqual({ k: [7] });
});

Deno.test("the same keys of two experiments are two runs; the two of the main command are told apart by their keys", () => {
  const asked = { data: "/photos" };
  expect(makeJob(fit, "", asked).asked).toEqual({ experiment: "fit", data: "/photos" });
  expect(makeJob(own, "", asked).asked).toEqual(asked);
  expect(makeJob(defaultExperiment, "", { k: 7 }).asked).toEqual({ k: 7 });
});

Deno.test("keys that do not fit each other are the user's mistake", () => {
  expect(() => makeJob(scaled, "small", { images: 5, k: [7] })).toThrow(UserError);
  expect(() => makeJob(scaled, "small", { imagse: 5 })).toThrow(UserError);
});

Deno.test("a scale is called by its name, and said to be changed where more than seeds and the machine were set", () => {
  const scale = (given: Parameters<typeof makeJob>[2]) => makeJob(scaled, "small", given).scale;
  expect(scale({})).toBe("small");
  expect(scale({ seeds: [4] })).toBe("small");
  expect(scale({ device: "cpu", precision: "float32", threads: 1, workers: 8 })).toBe("small");
  expect(scale({ epochs: 4 })).toBe("small, other settings");
});
