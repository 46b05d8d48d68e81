import { expect } from "expect";
import { peakOf, scheduleNodes, scheduleSeconds } from "../../src/pipeline/schedule.ts";

const node = (id: string, seconds: number, ...inputs: string[]) => ({ id, seconds, inputs });

Deno.test("a node begins once its inputs are there and a worker is free, the first of those that can", () => {
  const nodes = [
    node("data", 2),
    node("npre", 4, "data"),
    node("npre2x", 9, "data"),
    node("ncf", 4, "npre"),
    node("probe", 1, "npre"),
    node("summary", 1, "npre2x", "ncf", "probe"),
  ];
  expect(Object.fromEntries(scheduleNodes(nodes, 2))).toEqual({
    data: { start: 0, end: 2 },
    npre: { start: 2, end: 6 },
    npre2x: { start: 2, end: 11 },
    ncf: { start: 6, end: 10 },
    probe: { start: 10, end: 11 },
    summary: { start: 11, end: 12 },
  });
  expect(scheduleSeconds(scheduleNodes(nodes, 1))).toBe(21);
  expect(scheduleSeconds(scheduleNodes(nodes, 9))).toBe(12);
});

Deno.test("what is there already takes no time, and nothing at all none", () => {
  expect(scheduleSeconds(scheduleNodes([node("a", 0), node("b", 0, "a"), node("c", 3, "b")], 1)))
    .toBe(3);
  expect(scheduleSeconds(scheduleNodes([], 2))).toBe(0);
});

Deno.test("a node whose input is not among them is a mistake", () => {
  expect(() => scheduleNodes([node("a", 1, "b")], 1)).toThrow(
    "Cannot schedule a: it needs inputs that are among the nodes.",
  );
});

Deno.test("peakOf() adds up what runs at the same moment", () => {
  const spans = scheduleNodes([node("a", 2), node("b", 5), node("c", 2, "a")], 2);
  const bytes: Record<string, number> = { a: 10, b: 1, c: 3 };
  expect(peakOf(spans, (id) => bytes[id] ?? 0)).toBe(11);
  expect(peakOf(new Map(), () => 1)).toBe(0);
});
