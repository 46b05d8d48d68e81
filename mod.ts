/**
 * ClusterFit (Yan et al., CVPR 2020) from TypeScript: configs, graphs and runs for programs of your own.
 * `deno task clusterfit` is built from exactly these; the Python bridge alone is `clusterfit/python`.
 *
 * @module
 */
export { type Config, configSchema, defaultConfig, parseConfig } from "./src/method/config.ts";
export { buildGraph } from "./src/method/graph.ts";
export { resolve, type Resolved } from "./src/method/resolve.ts";
export type { Services } from "./src/method/services.ts";
export { type Summary, summarySchema } from "./src/method/summary.ts";
export { catalogue, type DataSetName } from "./src/data/catalogue.ts";
export { type Engine, EngineError, readVersions, startEngine } from "./src/engine/mod.ts";
export { UserError } from "./src/pipeline/errors.ts";
export type { RunEvent } from "./src/pipeline/events.ts";
export { type Node, node } from "./src/pipeline/graph.ts";
export { executeRun } from "./src/pipeline/run.ts";
export { type Artifact, defineStage, type Stage } from "./src/pipeline/stage.ts";
export { listRuns, openRun, type RunFolder } from "./src/pipeline/store.ts";
export { renderReport } from "./src/report/report.ts";
