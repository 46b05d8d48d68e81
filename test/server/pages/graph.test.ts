import { expect } from "expect";
import type { RunRecord } from "../../../src/pipeline/record.ts";
import type { NodeState } from "../../../src/pipeline/status.ts";
import { boxesOf, progressText, stateOf } from "../../../src/server/pages/graph/boxes.ts";
import { graphDrawing } from "../../../src/server/pages/graph/draw.ts";
import { stagesTables } from "../../../src/server/pages/stages.ts";
import { layOut } from "../../../src/server/pages/graph/layout.ts";

type Node = RunRecord["nodes"][number];

function node(id: string, stage: string, inputs: string[] = [], serves: Node["serves"] = []): Node {
  return { id, stage, title: `Do ${id}`, inputs, serves };
}

const waiting = (nodes: readonly Node[], states: Readonly<Record<string, NodeState>> = {}) =>
  nodes.map(({ id, stage, title }) => ({ id, stage, title, state: states[id] ?? "waiting" }));

/** Pictures, and for each seed a training, features, 3 probes; a summary. */
function studied(seeds: number): Node[] {
  const use = (seed: number) => [{ arm: "npre", at: {}, seed }];
  const each = Array.from({ length: seeds }, (_, seed) => [
    {
      ...node(`seed-${seed}.npre`, "train", ["icons"], use(seed)),
      title: "Train Npre, seed " + seed,
    },
    node(`seed-${seed}.features`, "extract", ["icons", `seed-${seed}.npre`], use(seed)),
    ...[1, 2, 3].map((probe) =>
      node(`seed-${seed}.probe-${probe}`, "measure", [`seed-${seed}.npre`], use(seed))
    ),
  ]).flat();
  return [node("icons", "icons"), ...each, node("summary", "summarise", each.map(({ id }) => id))];
}

Deno.test("each of few stages has a box of its own", () => {
  const nodes = studied(2);
  const boxes = boxesOf(nodes, waiting(nodes));
  expect(boxes.map(({ id }) => id)).toEqual(nodes.map(({ id }) => id));
  expect(boxes[2]!.inputs).toEqual([0, 1]);
});

Deno.test("of many stages, those that differ by seed, point and target only are one box", () => {
  const nodes = studied(48);
  expect(nodes.length).toBe(242);
  const boxes = boxesOf(nodes, waiting(nodes));
  expect(boxes.map(({ title, nodes, inputs }) => [title, nodes.length, inputs])).toEqual([
    ["Do icons", 1, []],
    ["Train Npre", 48, [0]],
    ["Do", 48, [0, 1]],
    ["Do", 144, [1]],
    ["Do summary", 1, [1, 2, 3]],
  ]);
});

Deno.test("an arm that is trained twice, one on the other, is drawn without a circle", () => {
  const use = [{ arm: "ncf", at: {}, seed: 1 }];
  const chain = Array.from({ length: 20 }, (_, at) => {
    const stage = ["train", "extract"][at % 2]!;
    return node(`n-${at}`, stage, at === 0 ? [] : [`n-${at - 1}`], use);
  });
  const boxes = boxesOf(chain, waiting(chain));
  expect(boxes.length).toBe(20);
  expect(boxes.map(({ inputs }) => inputs)).toEqual(chain.map((_, at) => at === 0 ? [] : [at - 1]));
});

Deno.test("stages that lead in a circle, or to none, in a record that somebody changed are drawn all the same", () => {
  for (const few of [true, false]) {
    const circle = [node("a", "x", ["b"]), node("b", "y", ["a", "gone"])];
    const nodes = few ? circle : [...circle, ...studied(10)];
    const boxes = boxesOf(nodes, waiting(nodes));
    expect(boxes.flatMap((box) => box.nodes).length).toBe(nodes.length);
    expect(`${graphDrawing(boxes)}`).toContain("<svg");
  }
});

Deno.test("a box tells its state in words, of several stages with counts", () => {
  const nodes = studied(4);
  const told = (states: Readonly<Record<string, NodeState>>) => {
    const box = boxesOf(nodes, waiting(nodes, states))[1]!;
    return [stateOf(box), progressText(box)];
  };
  const [a, b, c, d] = [0, 1, 2, 3].map((seed) => `seed-${seed}.npre`) as [
    ...[string, string, string, string],
  ];
  expect(told({})).toEqual(["waiting", "0 of 4 done"]);
  expect(told({ [a]: "finished", [b]: "running" })).toEqual(["running", "1 of 4, 1 running"]);
  expect(told({ [a]: "failed", [b]: "running" })).toEqual(["failed", "0 of 4, 1 failed"]);
  expect(told({ [a]: "finished", [b]: "reused", [c]: "finished", [d]: "finished" }))
    .toEqual(["finished", "all 4 done"]);
  const one = { ...waiting(studied(1), { icons: "running" })[0]!, done: 24, total: 100 };
  expect(progressText({ nodes: [one] })).toBe("running, 24%");
});

Deno.test("a box stands behind all that it stands on, lines go round boxes, and detours are not drawn", () => {
  // 0 -> 1 -> 2 -> 4, 0 -> 3 -> 4, and 0 -> 4, which the others say already.
  const { boxes, lines, columns } = layOut([[], [0], [1], [0], [0, 2, 3]]);
  expect(boxes.map(({ column }) => column)).toEqual([0, 1, 2, 1, 3]);
  expect(columns).toBe(4);
  expect(lines.map(({ from, to }) => [from, to])).toEqual([[0, 1], [1, 2], [0, 3], [2, 4], [3, 4]]);
  const [long] = lines.filter(({ from, to }) => from === 3 && to === 4);
  expect(long!.way.map(({ column }) => column)).toEqual([2]);
  const rows = [...boxes, ...long!.way].map(({ column, row }) => `${column} ${row}`);
  expect(new Set(rows).size).toBe(rows.length);
});

Deno.test("a graph without a stage is an empty drawing", () => {
  expect(layOut([])).toEqual({ boxes: [], lines: [], columns: 1, rows: 0 });
});

Deno.test("titles are shortened, escaped and told in full to those who listen", () => {
  const hostile = {
    ...node("a", "x"),
    title: `<img src=x onerror="alert(1)"> is quite a long name`,
  };
  const drawing = `${graphDrawing(boxesOf([hostile], waiting([hostile])))}`;
  expect(drawing).not.toContain("<img");
  expect(drawing).toContain(
    'aria-label="&lt;img src=x onerror=&quot;alert(1)&quot;&gt; is quite a long name: waiting"',
  );
  expect(drawing).toContain('href="#stage-a"');
});

Deno.test("many stages are tables, folded unless one is at work or failed, and those come first", () => {
  const nodes = studied(20);
  const states = { "seed-19.npre": "running", "seed-18.npre": "failed" } as const;
  const text = `${stagesTables(boxesOf(nodes, waiting(nodes, states)))}`;
  const rows = [...text.matchAll(/<tr id="stage-([^"]+)"/g)].map(([, id]) => id);
  expect(rows.length).toBe(nodes.length);
  expect(rows.slice(1, 4)).toEqual(["seed-18.npre", "seed-19.npre", "seed-0.npre"]);
  expect(text.match(/<details[^>]* open/g)!.length).toBe(1);
  expect(`${stagesTables(boxesOf(studied(2), waiting(studied(2))))}`).not.toContain("<details");
});
