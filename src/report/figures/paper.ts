/** The figures of the paper that show transfer along an axis. */
import { along } from "./along.ts";

/** Label noise: the teacher, its distillation, and the candidate for each K (section 3.2). */
export const figure3 = along(["teacher", "distilled", "candidate"], "noise");

/** Number of clusters: students of a teacher as large as they are, and of a larger one (section 5.1). */
export const figure5 = along(["same", "larger"], "k");

/** Number of clusters: clusters of all images, and clusters within each label (section 5.2). */
export const figure6 = along(["unsupervised", "perLabel"], "k");

/** Number of labels that the teacher learns: the candidate, and weak supervision by all of them (section 5.3). */
export const figure7 = along(["candidate"], "labels", ["upperBound"]);

/** Number of clusters: the candidate for each kind of labels that its teacher learns, and weak supervision by those of
 * Dcf (appendix F). */
export const figure8 = along(["candidate"], "k", ["upperBound"]);
