import { expect } from "expect";
import { headline } from "../../src/cli/headline.ts";
import { defaultExperiment } from "../../src/experiments/default.ts";
import type { Resolved } from "../../src/method/resolve.ts";

const resolved: Resolved = {
  device: "cpu",
  precision: "bfloat16",
  threads: 1,
  workers: 2,
  kmeans: "faiss",
};
const defaultConfig = defaultExperiment.schema.parse({});
const identity = {
  ...{ id: "rotnet-12345678", dir: "runs/rotnet-12345678" },
  ...{ config: defaultConfig, resolved },
};
const study = {
  facts: [["teacher", "rotnet"], ["K", "500"], ["images", "10,000"]] as [string, string][],
};

Deno.test("the headline is one line, and breaks between words where a terminal is narrower", () => {
  const line = headline(identity, study);
  expect(line).toContain("teacher rotnet, K 500, images 10,000, 1 seed; cpu, bfloat16");
  expect(line).toContain("2 stages at once x 1 thread -> runs/rotnet-12345678");
  const wrapped = headline(identity, study, 80).split("\n");
  expect(wrapped.length).toBe(2);
  expect(wrapped.every(({ length }) => length <= 80)).toBe(true);
  expect(wrapped.join(" ")).toBe(line);
});

Deno.test("the headline says that float32 takes longer where auto chose it for want of bfloat16", () => {
  const told = "cpu, float32 (this CPU lacks bfloat16: about twice the time), 2 stages";
  const small = { ...identity, resolved: { ...resolved, precision: "float32" } } as const;
  expect(headline(small, study)).toContain(told);
  for (
    const line of [
      headline(identity, study),
      headline({ ...small, config: { ...defaultConfig, precision: "float32" } }, study),
      headline({ ...small, resolved: { ...small.resolved, device: "cuda" } }, study),
    ]
  ) expect(line).not.toContain("twice");
});
