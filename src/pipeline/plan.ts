/** What a run would do and why, without doing it: `--explain`. */
import { inOrder, type Node } from "./graph.ts";
import { type NodeState, Workspace } from "./workspace.ts";

export interface PlannedNode {
  readonly id: string;
  readonly title: string;
  /** "link": an intact equal one of another run takes its place. */
  readonly action: "reuse" | "link" | "resume" | "run";
  readonly why: string;
}

/** One row per node, in the order of the run. Behind a node that has to run, keys are unknown yet. */
export async function planGraph<Services>(
  options: {
    readonly dir: string;
    readonly out: string;
    readonly nodes: readonly Node<string, Services>[];
  },
): Promise<readonly PlannedNode[]> {
  const workspace = new Workspace<Services>(options.dir, options.out);
  const hashes = new Map<string, string>();
  const plan: PlannedNode[] = [];
  for (const node of inOrder(options.nodes)) {
    const { id, title } = node;
    const inputs: Record<string, string> = {};
    const pending: string[] = [];
    for (const [name, input] of Object.entries(node.inputs)) {
      const hash = hashes.get(input.id);
      if (hash === undefined) pending.push(input.id);
      else inputs[name] = hash;
    }
    if (pending.length > 0) {
      plan.push({ id, title, action: "run", why: `waits for ${pending.join(", ")}` });
      continue;
    }
    const found = await workspace.inspect(node, inputs);
    if (found.state === "done") hashes.set(id, found.artifact.hash);
    if (found.state === "elsewhere") hashes.set(id, found.hash);
    plan.push({ id, title, ...planned(found) });
  }
  return plan;
}

function planned(found: NodeState): Pick<PlannedNode, "action" | "why"> {
  switch (found.state) {
    case "done":
      return { action: "reuse", why: "done, and its files are intact" };
    case "elsewhere":
      return { action: "link", why: found.damage ?? `the same artifact is in ${found.dir}` };
    case "partial":
      return { action: "resume", why: found.damage ?? found.why };
    case "missing":
      return { action: "run", why: found.damage ?? found.why };
  }
}
