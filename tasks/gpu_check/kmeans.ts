/** Every k-means engine that a device offers against FAISS on the CPU: the same rows, the same start. */
import type { ClusterConfig } from "../../src/method/stages/cluster.ts";
import type { Engine, Tensor } from "../../src/engine/mod.ts";

export interface KmeansCheck {
  readonly engine: "faiss" | "torch";
  readonly device: string;
  readonly seconds: number;
  /** float64 sum of squared distances at the end. */
  readonly objective: number;
  /** Sum of squared distances at the shared start, over FAISS's on the CPU. */
  readonly startRatio: number;
  /** Objective at the end, over FAISS's on the CPU. */
  readonly ratio: number;
  readonly within: boolean;
}

/** At the start every engine finds the labels of float64, and only the order differs in which a device
 * sums. The last bits of means may differ for that, which in time takes a row to another cluster: the two
 * then descend to minima of their own, of nearly the same depth. */
export const tolerance = { start: 1e-9, end: 1e-2 } as const;

type Settings = Omit<ClusterConfig, "engine" | "normalise" | "versions">;

/** Clusters `features` by FAISS on the CPU, then by each engine on `device`. */
export async function checkKmeans(
  engine: Engine,
  features: Tensor,
  engines: readonly KmeansCheck["engine"][],
  settings: Settings,
): Promise<readonly KmeansCheck[]> {
  const reference = await time(engine, features, "faiss", { ...settings, device: "cpu" });
  const checks = [compare(reference, reference)];
  for (const name of engines) {
    checks.push(compare(await time(engine, features, name, settings), reference));
  }
  return checks;
}

interface Timed extends Pick<KmeansCheck, "engine" | "device" | "seconds" | "objective"> {
  readonly start: number;
}

async function time(
  engine: Engine,
  features: Tensor,
  name: KmeansCheck["engine"],
  settings: Settings,
): Promise<Timed> {
  const began = performance.now();
  using found = await engine.kmeans.fit(features, { ...settings, engine: name }, {});
  return {
    engine: name,
    device: settings.device,
    seconds: (performance.now() - began) / 1000,
    objective: found.objective,
    start: found.objectives[0] ?? NaN,
  };
}

function compare({ start, ...found }: Timed, reference: Timed): KmeansCheck {
  const startRatio = start / reference.start;
  const ratio = found.objective / reference.objective;
  return {
    ...found,
    startRatio,
    ratio,
    within: Math.abs(startRatio - 1) <= tolerance.start && Math.abs(ratio - 1) <= tolerance.end,
  };
}
