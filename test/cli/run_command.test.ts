import process from "node:process";
import { expect } from "expect";
import { headline, performRun } from "../../src/cli/run_command.ts";
import { defaultConfig } from "../../src/clusterfit/config.ts";
import type { Resolved } from "../../src/clusterfit/resolve.ts";

const resolved: Resolved = {
  device: "cpu",
  precision: "bfloat16",
  threads: 1,
  workers: 2,
  kmeans: "faiss",
};
const identity = { id: "rotnet-12345678", dir: "runs/rotnet-12345678", resolved };

Deno.test("the headline is one line, and breaks between words where a terminal is narrower", () => {
  const line = headline(defaultConfig, identity);
  expect(line).toContain("2 stages at once x 1 thread -> runs/rotnet-12345678");
  const wrapped = headline(defaultConfig, identity, 80).split("\n");
  expect(wrapped.length).toBe(2);
  expect(wrapped.every(({ length }) => length <= 80)).toBe(true);
  expect(wrapped.join(" ")).toBe(line);
});

Deno.test("a run into a folder that cannot be made is refused before Python starts", async () => {
  const lines: string[] = [];
  const output = {
    ...{ stream: process.stderr, live: false, result: () => {} },
    line: (text: string) => void lines.push(text),
  };
  const options = { out: "/proc/nope", json: false, explain: false, settings: [] };
  await expect(performRun(defaultConfig, options, output, [])).rejects
    .toMatchObject({ name: "UserError", message: expect.stringContaining("/proc/nope failed") });
  expect(lines).toEqual([]);
});
