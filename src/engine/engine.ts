/** The engine as types: what the method may ask of PyTorch and FAISS. `startEngine()` in `mod.ts` gives
 * the one that runs in Python; stages see these interfaces only. */
import type { ContainersCalls } from "./types/containers.ts";
import type { DataCalls } from "./types/data.ts";
import type { DevicesCalls } from "./types/devices.ts";
import type { ExportCalls } from "./types/export.ts";
import type { FeaturesCalls } from "./types/features.ts";
import type { KmeansCalls } from "./types/kmeans.ts";
import type { MatricesCalls } from "./types/matrices.ts";
import type { MembershipsCalls } from "./types/memberships.ts";
import type { MetricsCalls } from "./types/metrics.ts";
import type { ModelsCalls } from "./types/models.ts";
import type { ObjectivesCalls } from "./types/objectives.ts";
import type { PretrainedCalls } from "./types/pretrained.ts";
import type { ProbesCalls } from "./types/probes.ts";
import type { RepresentationsCalls } from "./types/representations.ts";
import type { TensorsCalls } from "./types/tensors.ts";
import type { TrainingCalls } from "./types/training.ts";

export type * from "./types/containers.ts";
export type * from "./types/data.ts";
export type * from "./types/devices.ts";
export type * from "./types/export.ts";
export type * from "./types/features.ts";
export type * from "./types/kmeans.ts";
export type * from "./types/matrices.ts";
export type * from "./types/memberships.ts";
export type * from "./types/metrics.ts";
export type * from "./types/models.ts";
export type * from "./types/objectives.ts";
export type * from "./types/options.ts";
export type * from "./types/pretrained.ts";
export type * from "./types/probes.ts";
export type * from "./types/representations.ts";
export type * from "./types/tensors.ts";
export type * from "./types/training.ts";
export type * from "./types/view.ts";

/**
 * The typed calls into `py/`, a member for each of its modules. A program gets one from `startEngine()` and
 * hands it to its stages; what stages call changes with them.
 *
 * @internal
 */
export interface Engine {
  readonly devices: DevicesCalls;
  readonly tensors: TensorsCalls;
  readonly matrices: MatricesCalls;
  readonly data: DataCalls;
  readonly containers: ContainersCalls;
  readonly models: ModelsCalls;
  readonly pretrained: PretrainedCalls;
  readonly objectives: ObjectivesCalls;
  readonly training: TrainingCalls;
  readonly features: FeaturesCalls;
  readonly kmeans: KmeansCalls;
  readonly probes: ProbesCalls;
  readonly memberships: MembershipsCalls;
  readonly export: ExportCalls;
  readonly representations: RepresentationsCalls;
  readonly metrics: MetricsCalls;
}
