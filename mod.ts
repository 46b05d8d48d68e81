/**
 * ClusterFit (Yan et al., CVPR 2020) from TypeScript: experiments, graphs and runs for programs of your own.
 * `deno task clusterfit` is built from exactly these; the Python bridge alone is `clusterfit/python`.
 *
 * @module
 */
export { defineConfig, type RunSettings } from "./src/cli/define_config.ts";
export { catalogue, type DataSetName } from "./src/data/catalogue.ts";
export type { Target } from "./src/data/target.ts";
export type { World } from "./src/data/world.ts";
export { type Engine, EngineError, readVersions, startEngine } from "./src/engine/mod.ts";
export { type DefaultConfig, defaultExperiment } from "./src/experiments/default.ts";
export { reproductions } from "./src/experiments/list.ts";
export type { MadeArm, Recipe, Site } from "./src/method/arm.ts";
export { distilled } from "./src/method/arms/distilled.ts";
export { given } from "./src/method/arms/given.ts";
export { ncf } from "./src/method/arms/ncf.ts";
export { npre } from "./src/method/arms/npre.ts";
export { npre2x } from "./src/method/arms/npre2x.ts";
export { regressed } from "./src/method/arms/regressed.ts";
export { axis, clusterCount, experimentConfig, type MethodConfig } from "./src/method/config.ts";
export { armsOver, type Experiment, type Plan } from "./src/method/experiment.ts";
export { buildGraph, type ExperimentGraph } from "./src/method/graph.ts";
export { plain, withNoise } from "./src/method/label_sources.ts";
export { distillation } from "./src/method/objectives/distillation.ts";
export { labels } from "./src/method/objectives/labels.ts";
export type { Objective } from "./src/method/objectives/objective.ts";
export { regression } from "./src/method/objectives/regression.ts";
export { rotation } from "./src/method/objectives/rotation.ts";
export { parseConfig } from "./src/method/parse_config.ts";
export { resolve, type Resolved } from "./src/method/resolve.ts";
export type { Services } from "./src/method/services.ts";
export type { Learner } from "./src/method/training.ts";
export { asStored, type View } from "./src/models/view.ts";
export { UserError } from "./src/pipeline/errors.ts";
export type { RunEvent } from "./src/pipeline/events.ts";
export { type Node, node } from "./src/pipeline/graph.ts";
export { executeRun } from "./src/pipeline/run.ts";
export { type Artifact, defineStage, type Stage } from "./src/pipeline/stage.ts";
export { listRuns, openRun, type RunFolder } from "./src/pipeline/store.ts";
export { renderReport } from "./src/report/report.ts";
export { judge } from "./src/results/judge.ts";
export { type Summary, summarySchema } from "./src/results/summary.ts";
