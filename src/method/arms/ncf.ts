/** Ncf: a new network, from scratch, on the cluster ids of its teacher's features; with several teachers a head
 * for each (paper, section 3.1 and supplement E). */
import type { Recipe } from "../arm.ts";
import { clusteredLayers, type ClusteredTeachers } from "../clustered_layers.ts";
import { clustered, type ClusteringOptions } from "../clustering.ts";
import { labels } from "../objectives/labels.ts";
import { type Learner, trained } from "../training.ts";

/** What makes an Ncf. */
export interface NcfOptions
  extends Learner, Omit<ClusteringOptions, "data" | "layer">, ClusteredTeachers {
  /** As tables and figures call it; "Ncf" unless given. */
  readonly title?: string;
}

/**
 * The arm of ClusterFit: a new network on the clusters of its teachers' features.
 *
 * @example On the clusters of one teacher
 * ```ts
 * import { type Learner, type MadeArm, ncf } from "clusterfit";
 *
 * const student = (learner: Learner, teacher: MadeArm) =>
 *   ncf({ ...learner, teachers: [teacher], layer: "res5", k: 500, iterations: 20, normalise: true });
 * console.log(student({} as Learner, {} as MadeArm).task); // the cluster ids
 * ```
 */
export function ncf({ teachers, layer, title = "Ncf", ...options }: NcfOptions): Recipe {
  const layers = clusteredLayers({ teachers, layer });
  const whose = teachers.length > 1 ? "teachers’" : "teacher’s";
  return {
    title,
    about: `from scratch on the ${whose} cluster ids`,
    role: "candidate",
    task: "the cluster ids",
    build(site) {
      const clusterings = layers.map(({ teacher, layer }) =>
        clustered(site, teacher, { ...options, layer })
      );
      const ids = labels(clusterings.map(({ labels }) => labels));
      return {
        title,
        ...trained(site, `Train ${title} on the clusters`, options, ids),
        clusterings,
      };
    },
  };
}
