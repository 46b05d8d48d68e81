/** When stages would run, from what each takes: as the runner does it. */

export interface TimedNode {
  readonly id: string;
  /** Ids of the nodes that it needs. */
  readonly inputs: readonly string[];
  readonly seconds: number;
}

/** Seconds from the start of the run. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Each of `nodes` (inputs first) once its inputs are there, the first of those that can go whenever one of
 * `workers` is free. */
export function scheduleNodes(
  nodes: readonly TimedNode[],
  workers: number,
): ReadonlyMap<string, Span> {
  const spans = new Map<string, Span>();
  const waiting = [...nodes];
  const running: Span[] = [];
  let now = 0;
  while (waiting.length > 0) {
    const at = running.length < workers ? waiting.findIndex((node) => isReady(node)) : -1;
    const [node] = at < 0 ? [] : waiting.splice(at, 1);
    if (node) {
      const span = { start: now, end: now + node.seconds };
      spans.set(node.id, span);
      running.push(span);
    } else {
      if (running.length === 0) {
        throw new Error(
          `Cannot schedule ${waiting[0]?.id}: it needs inputs that are among the nodes.`,
        );
      }
      now = Math.min(...running.map(({ end }) => end));
      running.splice(0, running.length, ...running.filter(({ end }) => end > now));
    }
  }
  return spans;

  function isReady({ inputs }: TimedNode): boolean {
    return inputs.every((id) => (spans.get(id)?.end ?? Infinity) <= now);
  }
}

/** Seconds until the last one ends. */
export function scheduleSeconds(spans: ReadonlyMap<string, Span>): number {
  return Math.max(0, ...[...spans.values()].map(({ end }) => end));
}

/** The largest sum of `amount` over nodes that run at the same moment. */
export function peakOf(
  spans: ReadonlyMap<string, Span>,
  amount: (id: string) => number,
): number {
  const all = [...spans];
  const sums = all.map(([, { start }]) =>
    all.filter(([, span]) => span.start <= start && start < span.end)
      .reduce((sum, [id]) => sum + amount(id), 0)
  );
  return Math.max(0, ...sums);
}
