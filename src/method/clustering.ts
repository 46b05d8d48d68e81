/** From a teacher to labels: features of Dcf, their clusters, and images of some of them. */
import type { Node } from "../pipeline/graph.ts";
import type { Clustered, MadeArm, Site } from "./arm.ts";
import type { Services } from "./services.ts";
import { cluster } from "./stages/cluster.ts";
import { clusterPerLabel } from "./stages/cluster_per_label.ts";
import { extract } from "./stages/extract.ts";
import { contactSheet, sheetVersions } from "./stages/sheet.ts";

/** What is clustered, and how. */
export interface ClusteringOptions {
  /** Dcf. */
  readonly data: Node<"dataset", Services>;
  /** Of the teacher. */
  readonly layer: string;
  /** Clusters. */
  readonly k: number;
  /** Of k-means. */
  readonly iterations: number;
  /** Rows are divided by (l2 norm + 1e-5) first. */
  readonly normalise: boolean;
  /** Clusters within each label of Dcf, where given. */
  readonly within?: Node<"labels", Services>;
}

/** The features of a data set as `teacher` sees it: one extraction for all who ask for it. */
export function features(
  site: Site,
  teacher: MadeArm,
  data: Node<"dataset", Services>,
  layer: string,
): Node<"features", Services> {
  const { place, title, view, network } = teacher;
  return site.place(extract, {
    id: "features",
    title: `Extract features of ${title}`,
    config: { ...site.evaluation("extraction", view), layer },
    inputs: { data, network },
  }, place);
}

/** The clusters of a teacher's features. The start of k-means does not depend on the arm: arms that cluster the
 * same features share the clusters. */
export function clustered(site: Site, teacher: MadeArm, options: ClusteringOptions): Clustered {
  const { data, layer, k, iterations, normalise, within } = options;
  const { device, threads, versions } = site.placement("clustering");
  const config = {
    ...{ k, iterations, normalise, engine: site.kmeans, device, threads, versions },
    seed: site.seedFor("k-means"),
  };
  const title = `Cluster, K = ${k.toLocaleString("en")}`;
  const rows = features(site, teacher, data, layer);
  const labels = within
    ? site.place(clusterPerLabel, {
      id: "clusters",
      title: `${title} per label`,
      config,
      inputs: { features: rows, labels: within },
    })
    : site.place(cluster, { id: "clusters", title, config, inputs: { features: rows } });
  const sheet = site.place(contactSheet, {
    id: "sheet",
    title: "Draw clusters",
    config: { rows: 16, columns: 12, versions: sheetVersions() },
    inputs: { data, clusters: labels },
  });
  return { labels, sheet };
}
