/** The stages of a run as boxes of a drawing: one each, or one for many that differ by seed, point or target. */
import type { RunRecord } from "../../../pipeline/record.ts";
import { isDone, type NodeState, type NodeStatus } from "../../../pipeline/status.ts";

type RecordedNode = RunRecord["nodes"][number];

/** Stages that are drawn as one. */
export interface Box {
  /** Unique in its graph; also its id on the page. */
  readonly id: string;
  readonly title: string;
  readonly nodes: readonly NodeStatus[];
  /** Places among the boxes of those whose artifacts it reads. */
  readonly inputs: readonly number[];
}

/** More of them cannot be read side by side. */
const fewNodes = 16;
const fewBoxes = 26;

/** Boxes in an order in which inputs come first. Few stages have a box each; of many, those with one only that differ
 * by seed, point and target, and where these are many too, all of a kind that come at the same depth. */
export function boxesOf(
  recorded: readonly RecordedNode[],
  status: readonly NodeStatus[],
): readonly Box[] {
  const by = (keyOf: (node: RecordedNode) => string) => group(recorded, status, keyOf);
  const alone = ({ id }: RecordedNode) => id;
  if (recorded.length <= fewNodes) return by(alone)!;
  const depths = depthsOf(recorded);
  const arms = ({ stage, serves }: RecordedNode) =>
    [stage, ...[...new Set(serves.map(({ arm }) => arm))].toSorted()].join(" ");
  const finer = by(arms) ?? by((node) => `${arms(node)} ${depths.get(node.id)}`);
  if (finer && finer.length <= fewBoxes) return finer;
  return by(({ id, stage }) => `${stage} ${depths.get(id)}`) ?? by(alone)!;
}

/** How many stages stand one on the other below each: its longest path. */
function depthsOf(recorded: readonly RecordedNode[]): ReadonlyMap<string, number> {
  const inputs = new Map(recorded.map(({ id, inputs }) => [id, inputs]));
  const depths = new Map<string, number>();
  const depth = (id: string): number => {
    const known = depths.get(id);
    if (known !== undefined) return known;
    depths.set(id, 0); // a record that somebody changed may lead in circles
    const below = (inputs.get(id) ?? []).map((input) => depth(input) + 1);
    const found = Math.max(0, ...below);
    depths.set(id, found);
    return found;
  };
  for (const { id } of recorded) depth(id);
  return depths;
}

/** `undefined` where boxes would stand on each other in a circle. */
function group(
  recorded: readonly RecordedNode[],
  status: readonly NodeStatus[],
  keyOf: (node: RecordedNode) => string,
): readonly Box[] | undefined {
  const groups = [...Map.groupBy(recorded, keyOf)].map(([key, nodes]) => ({ key, nodes }));
  const boxOf = new Map(groups.flatMap(({ key, nodes }) => nodes.map(({ id }) => [id, key])));
  const below = new Map(groups.map(({ key, nodes }) => {
    const inputs = nodes.flatMap(({ inputs }) => inputs.flatMap((id) => boxOf.get(id) ?? []));
    return [key, new Set(inputs.filter((input) => input !== key))];
  }));
  const ordered: typeof groups = [];
  const placed = new Map<string, number>();
  const waiting = [...groups];
  while (waiting.length > 0) {
    const at = waiting.findIndex(({ key }) =>
      [...below.get(key)!].every((input) => placed.has(input))
    );
    const [next] = waiting.splice(at < 0 ? 0 : at, 1);
    if (at < 0 && recorded.length !== groups.length) return undefined;
    placed.set(next!.key, ordered.length);
    ordered.push(next!);
  }
  const statusOf = new Map(status.map((node) => [node.id, node]));
  return ordered.map(({ key, nodes }, at) => ({
    id: nodes.length === 1 ? nodes[0]!.id : `${nodes[0]!.id}.and-more`,
    title: nodes.length === 1 ? nodes[0]!.title : titleOf(nodes),
    nodes: nodes.flatMap(({ id }) => statusOf.get(id) ?? []),
    inputs: [...below.get(key)!].flatMap((input) => {
      const place = placed.get(input)!;
      return place < at ? [place] : [];
    }),
  }));
}

/** What the titles of several stages have in common; the name of the stage where that is nothing. */
function titleOf(nodes: readonly RecordedNode[]): string {
  const [first, ...others] = nodes.map(({ title }) => title.split(/(?<=[\s:,])/));
  const differs = first!.findIndex((word, at) => others.some((words) => words[at] !== word));
  const common = first!.slice(0, differs < 0 ? undefined : differs).join("");
  const text = common.replace(/[\s:,(]+$/, "").replace(/, (seed|K|label noise)$/, "");
  return text === "" ? nodes[0]!.stage : text;
}

/** What is told of a box: the first of these states that one of its stages is in. */
const told = [
  ...["failed", "running", "elsewhere", "stopped", "interrupted", "not-run", "waiting"] as const,
];

export function stateOf({ nodes }: Pick<Box, "nodes">): NodeState {
  const states = new Set(nodes.map(({ state }) => state));
  const first = told.find((state) => states.has(state));
  return first ?? (states.has("finished") ? "finished" : "reused");
}

/** States whose name is no plain English. */
const stateWords: { readonly [State in NodeState]?: string } = {
  elsewhere: "another run makes it",
  "not-run": "not run",
};

export function stateText(state: NodeState): string {
  return stateWords[state] ?? state;
}

/** `running, 24%`; of several, `3 of 5, 1 running`. */
export function progressText(box: Pick<Box, "nodes">): string {
  const { nodes } = box;
  const state = stateOf(box);
  if (nodes.length === 1) {
    const share = shareOf(nodes[0]!);
    return state === "running" && share > 0
      ? `running, ${Math.floor(100 * share)}%`
      : stateText(state);
  }
  const done = nodes.filter(isDone).length;
  if (done === nodes.length) return `all ${done} done`;
  if (state === "waiting") return `${done} of ${nodes.length} done`;
  const same = nodes.filter((node) => node.state === state).length;
  return `${done} of ${nodes.length}, ${same} ${shortWords[state] ?? state}`;
}

const shortWords: { readonly [State in NodeState]?: string } = {
  elsewhere: "elsewhere",
  "not-run": "not run",
};

/** How much of it is done, from 0 to 1. */
export function shareOf(node: NodeStatus): number {
  if (isDone(node)) return 1;
  return node.total ? Math.min(1, (node.done ?? 0) / node.total) : 0;
}
