import { expect } from "expect";
import {
  buildGraph,
  defaultExperiment,
  executeRun,
  parseConfig,
  resolve,
  startEngine,
} from "clusterfit";
import { type PyObject, python } from "clusterfit/python";
import { turn } from "../until.ts";
import { type CpuTime, exceeds, limits, watchTurns, worse } from "../watch_turns.ts";

Deno.test("neither a long call nor the GIL blocks the event loop while a run trains, clusters and probes", async () => {
  const engine = await startEngine();
  const config = parseConfig(defaultExperiment.schema, {
    images: 2000,
    targetSize: 60,
    epochs: 3,
    k: 50,
    probe: { layerBudget: 256 },
    ...{ workers: 2, threads: 1 },
  });
  const { versions, ...machine } = await engine.devices.describe();
  const resolved = resolve(config, machine);
  const running = new Set<string>();
  const worst = new Map<string, CpuTime>();
  const identity = python.import("threading").attr("get_ident") as PyObject;
  using _watch = watchTurns((used) => {
    for (const node of running) worst.set(node, worse(used, worst.get(node)));
    identity.call(); // a turn counts as one if it has had the GIL
  });
  const at = { config, scale: "" };
  const { study, nodes } = buildGraph(defaultExperiment, at, resolved, versions);
  await executeRun({
    out: await Deno.makeTempDir(),
    record: { id: "watched", title: "Watched", command: [], asked: {}, config, study, resolved },
    attempt: { command: [], versions, hardware: {} },
    nodes,
    workers: resolved.workers,
    services: () => Promise.resolve({ engine }),
    signal: new AbortController().signal,
    publish: () => Promise.resolve([]),
    onEvent(event) {
      if (event.type === "started") running.add(event.node);
      if (event.type === "finished") running.delete(event.node);
    },
  });
  expect([...worst].filter(([, used]) => exceeds(used))).toEqual([]);
  expect([...worst.keys()]).toEqual(expect.arrayContaining(["seed-0.npre", "seed-0.ncf"]));

  // the watch sees what it is there for: here a call, and a job, that have the GIL from end to end
  const [sum, range] = ["sum", "range"].map((name) => python.builtins.attr(name) as PyObject);
  for (
    const [kind, compute] of [
      ["thread", (numbers: PyObject) => Promise.resolve(sum!.call(numbers))],
      ["process", (numbers: PyObject) => python.job(sum!, [numbers])],
    ] as const
  ) {
    running.clear();
    running.add(kind);
    for (let n = 1e7; (worst.get(kind)?.[kind] ?? 0) <= limits[kind]; n *= 2) {
      await compute(range!.call(n) as PyObject);
      await turn();
    }
  }
  await python.shutdown();
});
