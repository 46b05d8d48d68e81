/** Data sets of the paper as they lie on the disk: which picture has which label and part, and whether all are there. */
import type { Listed } from "../mutant.ts";

export const published: readonly Listed[] = [
  {
    id: "published-whole",
    file: "src/data/published/complete.ts",
    find: "isWithin(found.evaluation, size.evaluation)",
    replace: "true",
    breaks: "a copy without its evaluation part is taken for whole",
    tests: ["test/data/published/imagenet_1k.test.ts"],
  },
  {
    id: "published-caffe",
    file: "src/data/published/imagenet_truth.ts",
    find: "const wnid = classes[place];",
    replace: "const wnid = classes[place - 1];",
    breaks: "validation pictures have the class before theirs",
    tests: ["test/data/published/imagenet_1k.test.ts"],
  },
  {
    id: "published-difficult",
    file: "src/data/published/voc07.ts",
    find: 'else if (said === "0") shown.difficult.push(name);',
    replace: 'else if (said === "0") shown.classes.push(name);',
    breaks: "objects that are difficult to see are positives",
    tests: ["test/data/published/voc07.test.ts"],
  },
  {
    id: "published-train-part",
    file: "src/steps/open_given.ts",
    find: 'partOf(collection, "train")',
    replace: "collection",
    breaks: "networks are trained on the evaluation part of ImageNet",
    tests: ["test/steps/open_given.test.ts"],
  },
  {
    id: "published-origin",
    file: "src/data/published/collection.ts",
    find: "videoOf: (row) => videos[row]!",
    replace: "videoOf: (row) => names[row]!",
    breaks: "frames of one video are in several parts",
    tests: ["test/data/published/collection.test.ts"],
  },
  {
    id: "published-held-out",
    file: "src/data/published/imagenet_9k.ts",
    find: "Math.min(evaluated, Math.floor(pictures.length / 2))",
    replace: "Math.min(evaluated, pictures.length)",
    breaks: "small classes have no picture to train on",
    tests: ["test/data/published/imagenet_9k.test.ts"],
  },
  {
    id: "published-difficult-key",
    file: "src/data/pictures/labels_stage.ts",
    find: 'if (labels.kind === "single" || !labels.difficult) return labels.labels;',
    replace: 'if (labels.kind === "single" || labels.difficult) return labels.labels;',
    breaks: "labels with other difficult classes are taken from an earlier run",
    tests: ["test/data/pictures/target.test.ts"],
  },
];
