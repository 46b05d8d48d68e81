/** From a teacher to labels: features of Dcf, their clusters, and images of some of them. */
import { UserError } from "../pipeline/errors.ts";
import type { Node } from "../pipeline/graph.ts";
import type { Clustered, MadeArm, Site } from "./arm.ts";
import { askedCap, type Cap } from "./cluster_cap.ts";
import type { ClusteredLayer } from "./clustered_layers.ts";
import { agreement } from "./consensus.ts";
import type { Subsample } from "./fit_clusters.ts";
import { type Guide, isGuided } from "./guide.ts";
import { checkPrototypical } from "./objectives/pretext.ts";
import type { Services } from "./services.ts";
import { cluster } from "./stages/cluster.ts";
import { clusterGuided } from "./stages/cluster_guided.ts";
import { clusterPerLabel } from "./stages/cluster_per_label.ts";
import { extract } from "./stages/extract.ts";
import { prototypes } from "./stages/prototypes.ts";
import { contactSheet, sheetVersions } from "./stages/sheet.ts";

/**
 * What is clustered.
 *
 * @internal
 */
interface Clusterable {
  /** Dcf. */
  readonly data: Node<"dataset", Services>;
  /** Of the teacher. */
  readonly layer: string;
  /** Rows are divided by (l2 norm + 1e-5) first. */
  readonly normalise: boolean;
}

/** What is clustered, and how. */
export interface ClusteringOptions extends Clusterable, Cap {
  /** Clusters. */
  readonly k: number;
  /** Of k-means, over all rows. */
  readonly iterations: number;
  /** k-means of so many rows gives the start (paper, supplement B), where given. */
  readonly subsample?: Subsample;
  /** Clusters within each label of Dcf, where given. */
  readonly within?: Node<"labels", Services>;
  /** Labels of Dcf that clusters follow, too, where given. */
  readonly guide?: Guide;
  /** k-means from so many starts, whose consensus is taken (paper, section 6), where given. */
  readonly consensus?: number;
}

/**
 * What prototypes are of.
 *
 * @internal
 */
export interface PrototypesOptions extends Clusterable {
  /** One of each row of Dcf. */
  readonly labels: Node<"labels", Services>;
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
  return agreed(site, [{ teacher, layer: options.layer }], options);
}

/** Likewise of several features: the consensus of their clusters, where there are more than one. */
export function agreed(
  site: Site,
  layers: readonly ClusteredLayer[],
  { consensus: starts = 1, ...options }: Omit<ClusteringOptions, "layer">,
): Clustered {
  const all = layers.flatMap(({ teacher, layer }) =>
    Array.from(
      { length: starts },
      (_, at) =>
        clusters(site, teacher, { ...options, layer }, at === 0 ? "k-means" : `k-means ${at + 1}`),
    )
  );
  const labels = all.length > 1 ? agreement(site, all, options.k) : all[0]!;
  return withSheet(site, options.data, labels);
}

/** `purpose`: of the seed. */
function clusters(
  site: Site,
  teacher: MadeArm,
  options: Omit<ClusteringOptions, "consensus">,
  purpose: string,
): Node<"labels", Services> {
  const { data, layer, k, iterations, normalise, within, guide } = options;
  checkForm(options);
  const { engine, ...place } = placement(site);
  const config = { k, iterations, normalise, ...place, seed: site.seedFor(purpose) };
  // with several K the arm's place says which
  const title = site.at.suffix.includes(", K ")
    ? "Cluster"
    : `Cluster, K = ${k.toLocaleString("en")}`;
  const rows = features(site, teacher, data, layer);
  if (within) {
    return site.place(clusterPerLabel, {
      id: "clusters",
      title: `${title} per label`,
      config: { ...config, engine },
      inputs: { features: rows, labels: within },
    });
  }
  if (isGuided(guide)) {
    return site.place(clusterGuided, {
      id: "clusters",
      title: `${title} guided by labels`,
      config: { ...config, weight: guide.weight },
      inputs: { features: rows, labels: guide.labels },
    });
  }
  return site.place(cluster, {
    id: "clusters",
    title,
    config: { ...config, engine, ...extrasOf(options) },
    inputs: { features: rows },
  });
}

/** The nearest prototype of each row: of each label, the mean of a teacher's features. Throws a UserError where the
 * teacher was not trained on labels. */
export function nearestPrototypes(
  site: Site,
  teacher: MadeArm,
  { data, layer, normalise, labels }: PrototypesOptions,
): Clustered {
  checkPrototypical(teacher);
  const found = site.place(prototypes, {
    id: "clusters",
    title: `Find prototypes of ${teacher.title}`,
    config: { normalise, ...placement(site) },
    inputs: { features: features(site, teacher, data, layer), labels },
  });
  return withSheet(site, data, found);
}

/** Where and by what clusters are computed. */
function placement(site: Site) {
  const { device, threads, versions } = site.placement("clustering");
  return { engine: site.kmeans, device, threads, versions };
}

function withSheet(
  site: Site,
  data: Node<"dataset", Services>,
  labels: Node<"labels", Services>,
): Clustered {
  const sheet = site.place(contactSheet, {
    id: "sheet",
    title: "Draw clusters",
    config: { rows: 16, columns: 12, versions: sheetVersions() },
    inputs: { data, clusters: labels },
  });
  return { labels, sheet };
}

/** What a config says beside what it always says: what is not asked for is not there. */
function extrasOf({ subsample, ...cap }: Cap & Pick<ClusteringOptions, "subsample">) {
  return { ...(subsample && { subsample }), ...askedCap(cap) };
}

function checkForm({ k, within, guide, ...options }: Omit<ClusteringOptions, "consensus">): void {
  const guided = isGuided(guide);
  const [extra] = [...Object.keys(extrasOf(options)), ...(within && guided ? ["guide"] : [])];
  if (within && extra !== undefined) {
    throw new UserError(
      `Cannot cluster per label so: it needs plain k-means within each label, found ${extra}. Leave it out.`,
    );
  }
  if (guided && extra !== undefined) {
    throw new UserError(
      `Cannot guide clusters so: it needs one phase and no cap, found ${extra}. Leave it out.`,
    );
  }
  const { subsample } = options;
  if (!subsample || subsample.rows >= k) return;
  throw new UserError(
    `Cannot cluster in two phases: it needs a subsample of K images at least, found ${subsample.rows} for ` +
      `K = ${k}. Give a larger clustering.twoPhase.subsample.`,
  );
}
