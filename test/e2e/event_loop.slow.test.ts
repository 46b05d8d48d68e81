import { expect } from "expect";
import { buildGraph, executeRun, parseConfig, resolve, startEngine } from "clusterfit";
import { python } from "clusterfit/python";
import { waitedForCpu } from "../waited_for_cpu.ts";

/** Longest time, in milliseconds, that a 5 ms timer was kept waiting by this process, node by node. */
class Watch implements Disposable {
  readonly worst = new Map<string, number>();
  readonly running = new Set<string>();
  readonly #timer: ReturnType<typeof setInterval>;
  #last = performance.now();
  #waited = waitedForCpu();

  constructor() {
    this.#timer = setInterval(() => {
      const now = performance.now();
      const waited = waitedForCpu();
      const late = now - this.#last - 5 - (waited - this.#waited);
      [this.#last, this.#waited] = [now, waited];
      for (const node of this.running) {
        this.worst.set(node, Math.max(late, this.worst.get(node) ?? 0));
      }
    }, 5);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}

Deno.test("the event loop is never blocked over 100 ms while a run trains, clusters and probes", async () => {
  const engine = await startEngine();
  const config = parseConfig({
    images: 2000,
    targetSize: 60,
    epochs: 3,
    k: 50,
    probe: { layerBudget: 256 },
  });
  const { versions, ...machine } = await engine.devices.describe();
  const resolved = resolve(config, machine);
  using watch = new Watch();
  await executeRun({
    out: await Deno.makeTempDir(),
    record: {
      id: "watched",
      title: "Watched",
      command: [],
      asked: {},
      config,
      seeds: config.seeds,
      resolved,
    },
    attempt: { command: [], versions, hardware: {} },
    nodes: buildGraph(config, resolved, versions),
    workers: resolved.workers,
    services: () => Promise.resolve({ engine }),
    signal: new AbortController().signal,
    publish: () => Promise.resolve([]),
    onEvent(event) {
      if (event.type === "started") watch.running.add(event.node);
      if (event.type === "finished") watch.running.delete(event.node);
    },
  });
  await python.shutdown();
  const blocked = [...watch.worst].filter(([, milliseconds]) => milliseconds > 100);
  expect(blocked).toEqual([]);
  expect([...watch.worst.keys()]).toEqual(expect.arrayContaining(["seed-0.npre", "seed-0.ncf"]));
});
