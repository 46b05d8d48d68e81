/** Which stages others can run beside: they share the machine. */
import { inOrder, type Node } from "../../pipeline/graph.ts";

/** Ids of the nodes beside which one of the others may run: one that neither needs it nor is needed by it. Only
 * those of `running` count. */
export function withNeighbours<Services>(
  nodes: readonly Node<string, Services>[],
  running: ReadonlySet<string>,
): ReadonlySet<string> {
  const needs = new Map<string, ReadonlySet<string>>();
  const ordered = inOrder(nodes);
  for (const { id, inputs } of ordered) {
    const all = Object.values(inputs).flatMap((input) => [
      input.id,
      ...(needs.get(input.id) ?? []),
    ]);
    needs.set(id, new Set(all));
  }
  const ids = ordered.map(({ id }) => id).filter((id) => running.has(id));
  const apart = (a: string, b: string) => a !== b && !needs.get(a)?.has(b) && !needs.get(b)?.has(a);
  return new Set(ids.filter((id) => ids.some((other) => apart(id, other))));
}
