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
    "⠋ Pre-train Npre  ██████████░░░░░░░░░░  50%  1.0 s left  5,000 images/s  epoch 3  loss 1.235",
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

Deno.test("a row says percentage and time left at any width, and each word of it whole", () => {
  const title = "Render target: Emoji identity, held-out vendor";
  const long = [{ ...nodes[1]!, title, rate: 1, eta: 3599 }];
  const fields = [" 50%", "59 min 59 s left", "1.0 images/s", "epoch 3", "loss 1.235"];
  const whole = [2, 3, 4, 5].map((count) => fields.slice(0, count).join("  "));
  for (let columns = 40; columns <= 140; columns++) {
    const row = plain(renderFrame(long, { columns, rows: 30, tick: 0 }))[0]!;
    expect(row.length).toBeLessThan(columns);
    expect(whole).toContain(row.slice(row.indexOf(" 50%")));
  }
});

Deno.test("the last frame counts only stages whose artifact is there as done", () => {
  const stopped = nodes.map((node) =>
    node.state === "running" ? { ...node, state: "stopped" as const } : node
  );
  const failed: NodeStatus = { ...nodes[1]!, id: "d", state: "failed" };
  expect(plain(renderFrame([...stopped, failed], { columns: 120, rows: 30, tick: 0 })).at(-1))
    .toContain("1 of 4 stages done");
});

Deno.test("describe() says in a line why a stage failed or is not run", () => {
  const node = { id: "x", stage: "s", title: "X" };
  expect(describe({ ...node, state: "failed", message: "diverged\nat step 3" }))
    .toBe("failed: diverged");
  expect(describe({ ...node, state: "not-run", message: "needs Y" })).toBe("not run: needs Y");
  expect(describe({ ...node, state: "elsewhere" })).toBe("another run makes it");
});
