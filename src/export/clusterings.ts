/** The clusterings that a network was trained on, with what was clustered. */
import { z } from "zod";
import { type Dataset, readDataset } from "../data/dataset.ts";
import { type Clusters, readClusters } from "../method/clusters.ts";
import { cluster } from "../method/stages/cluster.ts";
import { clusterGuided } from "../method/stages/cluster_guided.ts";
import { clusterPerLabel } from "../method/stages/cluster_per_label.ts";
import { prototypes } from "../method/stages/prototypes.ts";
import type { Artifact } from "../pipeline/stage.ts";
import { type Artifacts, configOf, type Found } from "./artifacts.ts";

/** Stages that make clusters of features. */
const clusterers: readonly string[] = [cluster, clusterGuided, clusterPerLabel, prototypes].map((
  { name },
) => name);

export interface Clustering {
  readonly labels: Artifact<"labels">;
  readonly features: Artifact<"features">;
  readonly images: Artifact<"dataset">;
  readonly dataset: Dataset;
  readonly clusters: Clusters;
  /** Node of the network whose features were clustered. */
  readonly teacher: string;
  /** Of the teacher. */
  readonly layer: string;
  /** Whether rows were divided by (l2 norm + 1e-5) first. */
  readonly normalise: boolean;
  /** Whether labels had a part in it, as in clusters within labels. */
  readonly usesLabels: boolean;
}

/** None of a network that was trained on something else. */
export async function clusteringsOf(artifacts: Artifacts, network: Found): Promise<Clustering[]> {
  const labels = await artifacts.inputs(network.node, "labels");
  const clustered = labels.filter(({ manifest }) => clusterers.includes(manifest.stage));
  return await Promise.all(clustered.map((one) => clusteringOf(artifacts, one)));
}

async function clusteringOf(artifacts: Artifacts, labels: Found): Promise<Clustering> {
  const [features] = await artifacts.inputs(labels.node, "features");
  const [teacher] = await artifacts.inputs(features!.node, "network");
  const [data] = await artifacts.inputs(features!.node, "dataset");
  const images = data!.artifact as Artifact<"dataset">;
  return {
    labels: labels.artifact as Artifact<"labels">,
    features: features!.artifact as Artifact<"features">,
    images,
    dataset: await readDataset(images),
    clusters: await readClusters(labels.artifact as Artifact<"labels">),
    teacher: teacher!.node,
    layer: configOf(features!, z.object({ layer: z.string() })).layer,
    normalise: configOf(labels, z.object({ normalise: z.boolean() })).normalise,
    usesLabels: labels.manifest.stage !== cluster.name,
  };
}
