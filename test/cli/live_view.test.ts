import { stripVTControlCharacters } from "node:util";
import { expect } from "expect";
import { describe, renderFrame } from "../../src/cli/live_view.ts";
import type { NodeStatus } from "../../src/pipeline/status.ts";

const progress = { done: 5000, total: 10000, unit: "images", metrics: { epoch: 3, loss: 1.23456 } };
const nodes: NodeStatus[] = [
  { id: "a", stage: "s", title: "Render icons", state: "finished", seconds: 8.25 },
  {
    id: "b",
    stage: "s",
    title: "Pre-train Npre",
    state: "running",
    ...progress,
    rate: 5000,
    eta: 1,
  },
  { id: "c", stage: "s", title: "Train Ncf", state: "waiting" },
];
const plain = (lines: string[]) => lines.map(stripVTControlCharacters);

Deno.test("renderFrame() shows each stage with what a person wants to know of it", () => {
  expect(plain(renderFrame(nodes, { columns: 120, rows: 30, tick: 0 }))).toEqual([
    "✓ Render icons    8.3 s",
    "⠋ Pre-train Npre  ██████████░░░░░░░░░░  50%  5,000 images/s  epoch 3  loss 1.235  1.0 s left",
    "· Train Ncf",
    "1 of 3 stages done · Ctrl-C stops; the same command goes on",
  ]);
});

Deno.test("renderFrame() is never wider or higher than the screen", () => {
  const many = Array.from(
    { length: 60 },
    (_, at): NodeStatus => ({ ...nodes[at % 3]!, id: `${at}` }),
  );
  const frame = plain(renderFrame(many, { columns: 40, rows: 10, tick: 1 }));
  expect(frame.length).toBeLessThan(10);
  expect(frame.every((line) => line.length < 40)).toBe(true);
  expect(frame.at(-1)).toContain("20 of 60");
});

Deno.test("describe() tells the first line of a failure", () => {
  expect(describe({ id: "x", stage: "s", title: "X", state: "failed", message: "disk full\nmore" }))
    .toBe(
      "disk full",
    );
});
