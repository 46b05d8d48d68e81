/** The plan of a run: what each stage takes, and what they take together. */
import type { Forecast } from "../../pipeline/forecast.ts";
import { inOrder, type Node } from "../../pipeline/graph.ts";
import type { PlannedNode } from "../../pipeline/plan.ts";
import { peakOf, scheduleNodes, scheduleSeconds } from "../../pipeline/schedule.ts";
import type { Services } from "../services.ts";
import type { Cost } from "./estimator.ts";

export interface ForecastOptions {
  readonly run: string;
  readonly nodes: readonly Node<string, Services>[];
  /** As `--explain` has them. */
  readonly plan: readonly PlannedNode[];
  /** Of the nodes that have to run. */
  readonly costs: ReadonlyMap<string, Cost | null>;
  readonly workers: number;
  /** Bytes of main memory that the process has before any stage runs. */
  readonly base: number;
  /** Of an hour of this machine; null for none. */
  readonly price: number | null;
}

/** A stage's money is its share of the run's: in proportion to its seconds. */
export function forecast(options: ForecastOptions): Forecast {
  const { run, nodes, plan, costs, workers, base, price } = options;
  const costOf = (id: string): Cost => costs.get(id) ?? { seconds: 0, memory: 0, disk: 0 };
  const ordered = inOrder(nodes);
  const spans = scheduleNodes(
    ordered.map(({ id, inputs }) => ({
      id,
      inputs: Object.values(inputs).map((input) => input.id),
      seconds: costOf(id).seconds,
    })),
    workers,
  );
  const seconds = scheduleSeconds(spans);
  const cost = price === null ? null : price * seconds / 3600;
  const work = ordered.reduce((sum, { id }) => sum + costOf(id).seconds, 0);
  const stageOf = new Map(ordered.map(({ id, stage }) => [id, stage.name]));
  return {
    schema: 1,
    run,
    madeAt: new Date().toISOString(),
    ...{ seconds, cost },
    memory: base + peakOf(spans, (id) => costOf(id).memory),
    disk: ordered.reduce((sum, { id }) => sum + costOf(id).disk, 0),
    stages: plan.map(({ id, title, action }) => {
      const own = costs.get(id);
      return {
        ...{ node: id, stage: stageOf.get(id) ?? "", title, action },
        seconds: own === null ? null : own?.seconds ?? 0,
        disk: own?.disk ?? 0,
        cost: cost === null ? null : work === 0 ? 0 : cost * (own?.seconds ?? 0) / work,
      };
    }),
  };
}
