/** What a run would do and why, without doing it: `--explain`. */
import { lookAtOwn } from "./copies.ts";
import { inOrder, type Node, nodeKey } from "./graph.ts";
import { hashJson } from "./json.ts";
import { difference } from "./match.ts";
import { Objects } from "./objects.ts";
import { runPaths } from "./store.ts";

export interface PlannedNode {
  readonly id: string;
  readonly title: string;
  /** "link": the object is there, made by this run or another one. "wait": another run makes it now. */
  readonly action: "reuse" | "link" | "wait" | "resume" | "run";
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
  const objects = new Objects(options.out);
  const hashes = new Map<string, string>();
  const plan: PlannedNode[] = [];
  for (const node of inOrder(options.nodes)) {
    const { id, title } = node;
    const inputs: Record<string, string> = {};
    const pending: string[] = [];
    for (const [name, input] of Object.entries(node.inputs)) {
      const hash = hashes.get(input.id);
      if (hash === undefined) pending.push(input.title);
      else inputs[name] = hash;
    }
    if (pending.length > 0) {
      plan.push({ id, title, action: "run", why: `waits for ${pending.join(", ")}` });
      continue;
    }
    const { hash, ...planned } = await planNode(options.dir, objects, node, inputs);
    if (hash !== undefined) hashes.set(id, hash);
    plan.push({ id, title, ...planned });
  }
  return plan;
}

/** Behind a node that another run makes now, keys are unknown as behind one that has to run. */
async function planNode<Services>(
  dir: string,
  objects: Objects,
  node: Node<string, Services>,
  inputs: Readonly<Record<string, string>>,
): Promise<Pick<PlannedNode, "action" | "why"> & { readonly hash?: string }> {
  const key = nodeKey(node, inputs);
  const own = await lookAtOwn(dir, node, key);
  if (own.state === "same") {
    const object = await objects.compare(key, runPaths(dir).artifact(node.id), own.manifest);
    const damage = object.state === "missing" ? undefined : object.damage;
    return { action: "reuse", why: damage ?? intact, hash: own.artifact.hash };
  }
  const object = await objects.look({ node, key });
  const damage = own.state === "damaged" ? own.damage : undefined;
  switch (object.state) {
    case "intact":
      return {
        action: "link",
        why: damage ?? `it is in ${objects.path(key)}`,
        hash: hashJson(object.manifest),
      };
    case "busy":
      return { action: "wait", why: damage ?? "another run makes it" };
    case "begun":
      return { action: "resume", why: damage ?? object.damage ?? "it was stopped half-way" };
    case "missing": {
      const other = own.state === "other" ? difference(own.manifest, node, inputs) : "not made yet";
      return { action: "run", why: damage ?? object.damage ?? other };
    }
  }
}

/** Why a node is reused. */
const intact = "done, and its files are intact";
