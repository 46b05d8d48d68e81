/**
 * ClusterFit (Yan et al., CVPR 2020) from TypeScript: experiments, graphs and runs for programs of your own.
 * `deno task clusterfit` is built from exactly these; the Python bridge alone is `clusterfit/python`.
 *
 * The way through them: `parseConfig` checks what was asked for, `resolve` fits it to the machine, `buildGraph`
 * makes the stages of an experiment, `executeRun` runs what of them is not there yet, and `openRun`,
 * `readReportInput` and `renderReport` read what came of it. The example of `buildGraph` is a whole program.
 *
 * One step alone, on files: `indexCollection`, `extractFeatures`, `clusterFeatures`, `fitNetwork`, `probeNetwork`,
 * `writeReport`, `exportRun` are the commands `index`, `features`, `cluster`, `fit`, `probe`, `report` and `export`
 * (docs/STEPS.md).
 *
 * @module
 */
export { defineConfig, type RunSettings } from "./src/cli/define_config.ts";
export { catalogue, type DataSetName } from "./src/data/catalogue.ts";
export {
  type CollectionIndex,
  indexCollection,
  type IndexCollectionOptions,
  writeIndex,
} from "./src/data/pictures/index_collection.ts";
export { type Split, splits } from "./src/data/split.ts";
export type { Target } from "./src/data/target.ts";
export type { Collection, PictureLabels, Piece } from "./src/data/pictures/collection.ts";
export type { BadPicture, Good, IndexResult } from "./src/data/pictures/indexed.ts";
export type { IndexOptions } from "./src/data/pictures/index_stage.ts";
export { openCollection, type OpenOptions } from "./src/data/pictures/open.ts";
export type { PictureWorldOptions } from "./src/data/pictures/world.ts";
export type { Source, World, WorldOptions } from "./src/data/world.ts";
export {
  type Decoding,
  type Engine,
  EngineError,
  type EngineOptions,
  type IndexedPicture,
  readVersions,
  startEngine,
} from "./src/engine/mod.ts";
export { type DefaultConfig, defaultExperiment } from "./src/experiments/default.ts";
export { reproductions } from "./src/experiments/list.ts";
export { writeCurves } from "./src/export/curves.ts";
export { type ExportOptions, exportRun } from "./src/export/export_run.ts";
export type { Format } from "./src/export/formats.ts";
export type { Choice } from "./src/export/subject.ts";
export type { LabelsAt, MadeArm, Place, Recipe, Site } from "./src/method/arm.ts";
export { consensus } from "./src/method/arms/consensus.ts";
export { distilled, type DistilledOptions } from "./src/method/arms/distilled.ts";
export { given, type GivenOptions } from "./src/method/arms/given.ts";
export { ncf, type NcfOptions } from "./src/method/arms/ncf.ts";
export { npre, type PretrainedOptions } from "./src/method/arms/npre.ts";
export { npre2x, type Npre2xOptions } from "./src/method/arms/npre2x.ts";
export { prototype, type PrototypeOptions } from "./src/method/arms/prototype.ts";
export { regressed, type RegressedOptions } from "./src/method/arms/regressed.ts";
export { rounds, type RoundsOptions } from "./src/method/arms/rounds.ts";
export { checkClusters } from "./src/method/check_config.ts";
export type { ClusteringOptions } from "./src/method/clustering.ts";
export { clusteringOf, type ClusteringSettings } from "./src/method/clustering_settings.ts";
export { axis, clusterCount, experimentConfig, type MethodConfig } from "./src/method/config.ts";
export {
  armsOver,
  type ArmSpec,
  type Experiment,
  type NetworkAsked,
  type PaperScale,
  type PicturesAsked,
  type Plan,
  type Scale,
} from "./src/method/experiment.ts";
export { buildGraph, type ExperimentGraph, type Given } from "./src/method/graph.ts";
export { hashtagsOf, plain, withNoise } from "./src/method/label_sources.ts";
export { distillation } from "./src/method/objectives/distillation.ts";
export { jigsaw, jigsawAt, type JigsawOptions } from "./src/method/objectives/jigsaw.ts";
export { labels } from "./src/method/objectives/labels.ts";
export type { Frozen, Objective, ObjectiveConfig } from "./src/method/objectives/objective.ts";
export { regression } from "./src/method/objectives/regression.ts";
export { rotation } from "./src/method/objectives/rotation.ts";
export { parseConfig } from "./src/method/parse_config.ts";
export { resolve, type Resolved } from "./src/method/resolve.ts";
export type { Services } from "./src/method/services.ts";
export { type Learner, learnerOf, trained } from "./src/method/training.ts";
export type { Versions } from "./src/method/versions.ts";
export type { Backbone } from "./src/models/network.ts";
export type { NetworkFile } from "./src/models/network_file.ts";
export { asStored, type Preprocessing, type View } from "./src/models/view.ts";
export { UserError } from "./src/pipeline/errors.ts";
export type { Attempt, RunEvent } from "./src/pipeline/events.ts";
export { type Node, node } from "./src/pipeline/graph.ts";
export type { Json, JsonObject } from "./src/pipeline/json.ts";
export type { RunRecord } from "./src/pipeline/record.ts";
export { type ExecuteOptions, executeRun } from "./src/pipeline/run.ts";
export {
  type Artifact,
  defineStage,
  type Progress,
  type Stage,
  type StageContext,
} from "./src/pipeline/stage.ts";
export { listRuns, openRun, type RunFolder } from "./src/pipeline/store.ts";
export { compareRunFolders } from "./src/registry/compare_folders.ts";
export { type PackedRun, type PackOptions, packRun } from "./src/registry/pack_run.ts";
export { unpackRun } from "./src/registry/unpack_run.ts";
export { verifyRun } from "./src/registry/verify_run.ts";
export type { Damage } from "./src/registry/verify/damage.ts";
export type { VerifyOptions } from "./src/registry/verify/verifier.ts";
export type { Comparison } from "./src/report/comparison/comparison.ts";
export { drawFigure } from "./src/report/figures/list.ts";
export { readReportInput, type ReportInput } from "./src/report/input.ts";
export { renderReport } from "./src/report/report.ts";
export type { LeftOut } from "./src/report/left_out.ts";
export { type NotebookPage, notebookPage } from "./src/report/notebook_page.ts";
export type {
  JsonClustering,
  JsonContrast,
  JsonEstimate,
  JsonFeatures,
  JsonResult,
} from "./src/report/json_result.ts";
export type { PlanOutcome } from "./src/report/plan_verdict.ts";
export { readResult, type RunResult } from "./src/report/read_result.ts";
export { writeReport } from "./src/report/write_report.ts";
export type { Claim } from "./src/results/claim.ts";
export type { Outcome } from "./src/results/contrast.ts";
export type { FigureRequest } from "./src/results/figure.ts";
export { judge, type Judgement } from "./src/results/judge.ts";
export type { AxisValue, Point } from "./src/results/point.ts";
export type { Axis, Role, Study } from "./src/results/study.ts";
export { type Summary, summarySchema } from "./src/results/summary.ts";
export type { ListedRun, RunDetail, RunList, RunState } from "./src/server/api/schemas.ts";
export {
  type FollowOptions,
  type RunsFilter,
  type StatusClient,
  statusClient,
  type StatusClientOptions,
  type StreamedEvent,
} from "./src/server/client.ts";
export {
  clusterFeatures,
  type ClusterOptions,
  type FeatureClusters,
} from "./src/steps/cluster_features.ts";
export {
  chooseClusters,
  type ChooseOptions,
  type ChosenClusters,
} from "./src/steps/choose_clusters.ts";
export {
  type ExtractedFeatures,
  extractFeatures,
  type FeaturesOptions,
  type FeaturesSettings,
} from "./src/steps/extract_features.ts";
export type { Extra, Install } from "./src/steps/extras.ts";
export { fitNetwork, type FitSettings } from "./src/steps/fit_network.ts";
export type { Identity } from "./src/steps/identity.ts";
export { probeNetwork, type ProbeSettings } from "./src/steps/probe_network.ts";
export type { PlannedRun, RunOptions, StepOptions } from "./src/steps/step_options.ts";
