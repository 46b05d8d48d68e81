/**
 * ClusterFit on pictures and with a teacher of one's own (paper, section 3.1): features of the teacher, their
 * clusters, a student from scratch on the cluster ids.
 *
 *     deno task clusterfit --data ~/photos --teacher timm:vit_small_patch14_dinov2.lvd142m --student resnet18 \
 *       --k 1000 --target plants=~/labelled
 *
 * Without a target it ends with the network, the clusters and measures of the features that need no labels.
 */
import { z } from "zod";
import { ncf } from "../method/arms/ncf.ts";
import { given } from "../method/arms/given.ts";
import { npre, type PretrainedOptions } from "../method/arms/npre.ts";
import { checkClusters, checkOwnTeacher, checkReadAlike } from "../method/check_config.ts";
import { clusteringOf } from "../method/clustering_settings.ts";
import { axis, clusterCount, experimentConfig } from "../method/config.ts";
import {
  armsOver,
  type ArmSpec,
  type Experiment,
  type NetworkAsked,
} from "../method/experiment.ts";
import { jigsaw, jigsawAt } from "../method/objectives/jigsaw.ts";
import { type Learner, learnerOf } from "../method/training.ts";
import type { World } from "../data/world.ts";
import { asStored } from "../models/view.ts";
import { iconTargetNames, iconTeachers } from "./default.ts";
import { pretextTeachers } from "./pretext.ts";
import {
  insteadKeys,
  pictureKeys,
  picturesOf,
  studentView,
  teacherView,
  trainingFacts,
} from "./pictures.ts";

/** Its keys, beside those that all experiments have. */
const schema = experimentConfig({
  /** A pre-trained network (docs/NETWORKS.md), or one that is trained here on the same pictures: `rotnet` on rotations,
   * `jigsaw` on puzzles. */
  teacher: z.string().default("rotnet"),
  /** How the teacher reads images, where its weights do not say: `imagenet`, or a JSON file (docs/NETWORKS.md). */
  preprocessing: z.string().nullable().default(null),
  /** Of the teacher: the layer whose features are clustered; its last one where null. */
  layer: z.string().nullable().default(null),
  /** Clusters; `auto`: a tenth of the images, 1000 at most. */
  k: axis(z.union([z.literal("auto"), clusterCount])).prefault("auto"),
  /** `rotnet`: a network trained on rotations, and a student on its clusters, beside the teacher's. */
  controls: z.array(z.enum(["rotnet"])).max(1).default([]),
  ...pictureKeys,
}, insteadKeys);

export type OwnConfig = z.infer<typeof schema>;
/**
 * What its user may set of it.
 *
 * @internal
 */
export type OwnSettings = z.input<typeof schema>;

export const own: Experiment<OwnConfig> = {
  name: "own",
  about: "a teacher and pictures of one's own -> clusters -> a student",
  schema,
  scales: {},
  prefix: ({ teacher }) => slug(teacher),
  check: ({ k, images, teacher }) => {
    checkOwnTeacher(teacher, iconTeachers.filter((name) => !trainedHere.has(name)));
    if (images !== null) checkClusters(clusterCounts(k, images), images);
  },
  world: ({ images }) => ({ names: null, images: images ?? 10_000 }),
  networks: ({ teacher: spec, preprocessing }): Record<string, NetworkAsked> =>
    trainedHere.has(spec) ? {} : { teacher: { spec, preprocessing } },
  pictures: (config, { teacher }) => picturesOf(config, teacher?.preprocessing, puzzleSide(config)),
  plan(config, world, { teacher }) {
    const { arch, controls } = config;
    const { rows } = world;
    const k = clusterCounts(config.k, rows);
    checkClusters(k, rows);
    if (teacher) checkReadAlike(teacher, arch);
    const learner = learnerOf(config, world, studentView(config));
    const arm = armsOver<{ k: number }>();
    const student = (on: string, title: string, layer: string | null) =>
      arm({
        on: [on],
        axes: ["k"],
        recipe: ({ k }, { [on]: teacher }) =>
          ncf({
            ...{ ...learner, ...clusteringOf(config, world.labels), teachers: [teacher!], k },
            ...{ layer: layer ?? teacher!.layers.at(-1)!, title },
          }),
      });
    const rotnet = controls.includes("rotnet") && config.teacher !== "rotnet";
    const pretext = config.teacher === "jigsaw"
      ? jigsawTeacher(config, world, learner)
      : rotNet({ ...learner, view: teacherView(config) }, "Npre");
    return {
      title: `ClusterFit from ${teacher?.title ?? `a ${pretext.kind} teacher`}`,
      facts: [
        ["data", config.data],
        ["teacher", config.teacher],
        ["student", arch],
        ["K", k.join(", ")],
        ...trainingFacts(config, world, learner),
      ],
      axes: [{ name: "k", title: "K", unit: "", values: k }],
      arms: {
        teacher: arm({
          recipe: () =>
            teacher
              ? given({ title: "Teacher", file: teacher, clips: teacherView(config) })
              : npre(pretext),
        }),
        ...(rotnet && {
          rotnet: arm({
            recipe: () => ({ ...npre(rotNet(learner, "RotNet")), role: "control" as const }),
          }),
          "ncf-rotnet": asControl(student("rotnet", "Ncf of RotNet", null)),
        }),
        ncf: student("teacher", "Ncf", config.layer),
      },
      targets: config.data === "icons"
        ? [...iconTargetNames, ...Object.keys(config.target)]
        : Object.keys(world.targets),
      layerwiseTarget: null,
      labelFree: true,
      claims: [],
      figures: [],
      paper: [],
    };
  },
};

/** Teachers that are trained here, on the pictures themselves. */
const trainedHere: ReadonlySet<string> = new Set(["rotnet", "jigsaw"]);

/** Images of a cluster where their number is left to us, and the most clusters then. */
const perCluster = 10;
const mostClusters = 1000;

function clusterCounts(k: readonly (number | "auto")[], rows: number): number[] {
  const usual = Math.max(2, Math.min(mostClusters, Math.floor(rows / perCluster)));
  return [...new Set(k.map((count) => count === "auto" ? usual : count))];
}

function rotNet(learner: Learner, title: string): PretrainedOptions {
  return { ...pretextTeachers.RotNet(learner), title };
}

/** Puzzles are made of the largest square of a picture, anywhere in it, unless another recipe is asked for; of small
 * images that are read as they are stored, as in other experiments. */
function jigsawTeacher(config: OwnConfig, world: World, learner: Learner): PretrainedOptions {
  const at = puzzlesOf(config);
  if (at === null) return pretextTeachers.Jigsaw(learner);
  const { recipe } = config.training;
  const training = { ...config.training, recipe: recipe === "auto" ? "square" : recipe };
  return {
    ...learnerOf({ ...config, training }, world, { ...asStored, size: at.reads }),
    ...{ kind: "Jigsaw", task: "puzzles", objective: () => jigsaw(at.puzzles) },
  };
}

/** Null where images are read as they are stored. */
function puzzlesOf(config: OwnConfig) {
  const { size } = studentView(config);
  return size === null ? null : jigsawAt(size);
}

/** Side in pixels that pictures need beyond what the student reads. */
function puzzleSide(config: OwnConfig): number {
  return config.teacher === "jigsaw" ? puzzlesOf(config)?.side ?? 0 : 0;
}

/** An arm that the candidate is judged against. */
function asControl(spec: ArmSpec): ArmSpec {
  return { ...spec, recipe: (at, on) => ({ ...spec.recipe(at, on), role: "control" }) };
}

/** What the run is called: the last part of a path or a name, without what a folder cannot have. */
function slug(teacher: string): string {
  const last = teacher.split(/[/:]/).findLast((part) => part !== "") ?? teacher;
  return last.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "") || "own";
}
