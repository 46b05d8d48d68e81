/** What experiments refuse in a config that is right by its schema. */
import { isSmall, readsClips, widestLayer, widthOf } from "../models/architectures.ts";
import type { NetworkFile } from "../models/network_file.ts";
import { UserError } from "../pipeline/errors.ts";
import type { MethodConfig } from "./config.ts";

/** Throws a UserError where the layers of the network cannot be pooled to `probe.layerBudget` numbers. */
export function checkLayerBudget(
  config: Pick<MethodConfig, "arch" | "width" | "probe">,
): void {
  const width = widthOf(config);
  if (width === null) return; // only its last layer is probed
  const widest = widestLayer(config.arch, width);
  if (config.probe.layerBudget >= widest) return;
  throw new UserError(
    `Cannot probe each layer: it needs probe.layerBudget >= ${widest}, the channels of the last ` +
      `layer of ${config.arch} of width ${width}, found ${config.probe.layerBudget}. ` +
      `Give --set probe.layerBudget=${widest} or more${
        isSmall(config.arch) ? ", or a smaller width" : ""
      }.`,
  );
}

/** Throws a UserError where every layer is to be probed on what is no target. */
export function checkLayerwise(layerwise: string | null, targets: readonly string[]): void {
  if (layerwise === null || targets.includes(layerwise)) return;
  throw new UserError(
    `Cannot probe layer by layer on "${layerwise}": it needs a target, one of ${
      targets.join(", ")
    }. ` +
      "Give its name.",
  );
}

/** Throws a UserError where pictures, a target or a student of one's own is to have a teacher that only icons have. */
export function checkOwnTeacher(teacher: string, ofIcons: readonly string[]): void {
  if (!ofIcons.includes(teacher)) return;
  throw new UserError(
    `Cannot train the teacher "${teacher}": it needs the icons and the keys of the default experiment, found ` +
      "pictures, targets or a student of one's own. Take --teacher rotnet or jigsaw, or a pre-trained " +
      "network (docs/NETWORKS.md).",
  );
}

/** Throws a UserError where a teacher reads clips of videos and its student pictures, or the other way round. */
export function checkReadAlike(
  teacher: Pick<NetworkFile, "backbone" | "title">,
  student: string,
): void {
  const [taught, learns] = [readsClips(teacher.backbone.arch), readsClips(student)];
  if (taught === learns) return;
  const what = (clips: boolean) => clips ? "clips" : "pictures";
  throw new UserError(
    `Cannot teach ${student} by ${teacher.title}: it needs two networks that both read ${
      what(learns)
    }, found a ` +
      `teacher of ${what(taught)}. Take another teacher, or another --student.`,
  );
}

/** Throws a UserError where a teacher that only icons have is to be trained on another data set. */
export function checkTeacherOf(
  { data, teacher }: { readonly data: string; readonly teacher: string },
): void {
  if (data === "icons" || teacher === "rotnet") return;
  throw new UserError(
    `Cannot train the teacher "${teacher}" on ${data}: it needs icons. Take --teacher rotnet.`,
  );
}

/**
 * Throws a UserError where there are more clusters than images.
 *
 * @example The `check` of an experiment
 * ```ts
 * import { checkClusters } from "clusterfit";
 *
 * checkClusters([100, 300], 1000); // nothing to say
 * ```
 */
export function checkClusters(k: readonly number[], images: number): void {
  const most = Math.max(...k);
  if (most <= images) return;
  throw new UserError(
    `Cannot cluster: k-means needs k <= number of images, found k = ${most} and images = ${images}. ` +
      "Give a smaller --k, or more images.",
  );
}

/** Throws a UserError where a student of several teachers has one only. */
export function checkSeveral(teachers: readonly string[]): void {
  if (teachers.length > 1) return;
  throw new UserError(
    `Cannot train on the clusters of several teachers: it needs two or more, found ${
      teachers.join(", ")
    }. Leave --set teacher out.`,
  );
}

/** Why an experiment takes no targets beside its own. */
export function targetsRefused(experiment: string, found: string): UserError {
  return new UserError(
    `Cannot add targets to ${experiment}: it needs an experiment on icons, beside which pictures can be read, ` +
      `found ${found}. Leave --target out.`,
  );
}
