/** Finished runs for the tests of results, report and server: the default experiment with the numbers of an early
 * trial, and one with two axes in the shape of the paper's Figure 3. */
import type { RunEvent } from "../../src/pipeline/events.ts";
import type { RunRecord } from "../../src/pipeline/record.ts";
import type { ReportInput } from "../../src/report/input.ts";
import type { Measurement } from "../../src/results/measurement.ts";
import type { Point } from "../../src/results/point.ts";
import type { ArmFacts, Study } from "../../src/results/study.ts";
import type { Clustering, CurvePoint, MeasuredTarget, Summary } from "../../src/results/summary.ts";
import { runFinished, runStarted, started } from "../pipeline/events.ts";

export const seeds = [7, 8, 9];

/** Three scores with exactly this mean and sample standard deviation, for the seeds in their order. */
export const scores = (mean: number, spread: number) => [mean - spread, mean + spread, mean];

const arms: ArmFacts[] = [
  {
    ...{ id: "npre", title: "Npre", role: "teacher" },
    about: "the teacher, trained on rotations",
    ...{ task: "the teacher’s task", axes: [] },
  },
  {
    ...{ id: "npre2x", title: "Npre 2x", role: "control" },
    about: "the teacher, for the summed epochs",
    ...{ task: "the teacher’s task", axes: [] },
  },
  {
    ...{ id: "ncf", title: "Ncf", role: "candidate" },
    about: "from scratch on the teacher’s cluster ids",
    ...{ task: "the cluster ids", axes: ["k"] },
  },
];

export const targets: MeasuredTarget[] = [
  {
    ...{ name: "held-out-names", title: "Names in held-out icon families", metric: "top-1" },
    ...{ classes: 380, train: 7412, validation: 1200, test: 3105 },
  },
  {
    ...{ name: "unseen-names", title: "Names never seen", metric: "top-1" },
    ...{ classes: 752, train: 9024, validation: 1400, test: 4310 },
  },
  {
    ...{ name: "emoji-identity", title: "Emoji identity, held-out vendor", metric: "top-1" },
    ...{ classes: 1261, train: 3783, validation: 1261, test: 1261 },
  },
  {
    ...{ name: "emoji-category", title: "Emoji category", metric: "mAP" },
    ...{ classes: 7, train: 3783, validation: 1261, test: 1261 },
  },
];

const baselines = [1.9, 0.6, 0.1, 26.4];

export const study: Study = {
  experiment: "default",
  title: "ClusterFit on RotNet, 10,000 icons",
  scale: "",
  facts: [["network", "resnet-small"], ["images", "10,000"], ["epochs", "24"]],
  seeds,
  axes: [{ name: "k", title: "K", unit: "", values: [1500] }],
  arms,
  targets: targets.map(({ name, title }) => ({ name, title })),
  claims: [],
  figures: [],
  paper: ["table6"],
};

/** What each seed of an arm scored at one point, by one probe. */
function measured(
  whose: { arm: string; at: Point; target: string },
  values: readonly number[],
  of: Partial<Measurement> = {},
): Measurement[] {
  return values.map((value, at) => ({
    ...{ ...whose, seed: seeds[at]! },
    ...{ part: "test" as const, layer: "res5", budget: null, probe: "logistic", metric: "top-1" },
    ...{ baseline: null, converged: true, evaluations: 30, value, ...of },
  }));
}

/** Mean and spread of each arm on each target. */
const transfer: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  npre: [[45.5, 1.3], [38.2, 0.8], [41.8, 1.4], [45.4, 1.3]],
  npre2x: [[47.4, 0.9], [40.9, 0.7], [44.5, 1.0], [46.1, -1.1]],
  ncf: [[49.6, 0.4], [39.1, 0.6], [48.8, 1.6], [47.2, 1.1]],
};

const layers = ["res2", "res3", "res4", "res5"];
const layerScores: Readonly<Record<string, readonly [means: readonly number[], spread: number]>> = {
  npre: [[33, 39, 44, 45.5], 1.3],
  npre2x: [[33.5, 40, 46, 47.4], 0.9],
  ncf: [[34, 41, 47, 49.6], 0.4],
};

/** Where the default experiment has an arm. */
const placeOfArm = (arm: string): Point => arm === "ncf" ? { k: 1500 } : {};

const measurements: Measurement[] = [
  ...arms.flatMap(({ id }) =>
    targets.flatMap(({ name, metric }, at) =>
      measured({ arm: id, at: placeOfArm(id), target: name }, scores(...transfer[id]![at]!), {
        metric,
        baseline: baselines[at]!,
      })
    )
  ),
  ...arms.flatMap(({ id }) => {
    const [means, spread] = layerScores[id]!;
    return layers.flatMap((layer, at) =>
      measured(
        { arm: id, at: placeOfArm(id), target: "held-out-names" },
        scores(means[at]!, spread),
        {
          ...{ layer, budget: 9216, baseline: baselines[0]! },
        },
      )
    );
  }),
];

function curve(epochs: number, classes: number, seed: number): CurvePoint[] {
  return Array.from({ length: epochs }, (_, at) => {
    const progress = (at + 1) / epochs;
    const wobble = 0.02 * Math.sin(seed * 5 + at * 1.7);
    return {
      epoch: at + 1,
      loss: Math.log(classes) * (1 - 0.75 * progress ** 0.6 + wobble),
      accuracy: 100 * Math.max(1 / classes, 0.93 * progress ** 0.5 - 2 * wobble * (1 - progress)),
      learningRate: 0.1 * (1 + Math.cos(Math.PI * progress)),
    };
  });
}

/** Sizes of `k` clusters with a long tail, summing to about 10,000. */
function sizes(k: number, seed: number): number[] {
  return Array.from({ length: k }, (_, at) => {
    const u = ((at * 7919 + seed * 104729) % k + 0.5) / k;
    return Math.round(1 + 5.7 * Math.log(1 / u) * (1 + 0.2 * Math.sin(at)));
  });
}

const clusterings = (arm: string, at: Point, k: number): Clustering[] =>
  seeds.map((seed) => ({
    ...{ arm, at, seed, k, points: 10_000, iterations: 20, objective: 3127.4218 + seed },
    ...{ sizes: sizes(k, seed), empty: 0, distinct: 9_998, sheet: `seed-${seed}.sheet` },
  }));

const everySeed = (ids: readonly string[]) =>
  seeds.flatMap((seed) => ids.map((arm) => ({ arm, seed })));

export const summary: Summary = {
  schema: 3,
  study,
  targets,
  measurements,
  series: arms.flatMap(({ id: arm }, at) =>
    seeds.map((seed) => ({
      ...{ arm, at: placeOfArm(arm), seed },
      points: curve(arm === "npre2x" ? 48 : 24, arm === "ncf" ? 1500 : 4, seed + at),
    }))
  ),
  clusterings: clusterings("ncf", { k: 1500 }, 1500),
  networks: everySeed(arms.map(({ id }) => id))
    .map(({ arm, seed }) => ({ arm, at: placeOfArm(arm), seed, node: `seed-${seed}.${arm}` })),
  missing: [],
};

/** The same run with probes that did not converge and with empty clusters. */
export const doubtful: Summary = {
  ...summary,
  measurements: measurements.map((one) => {
    const { arm, target, seed, layer, budget } = one;
    const evaluations = new Map([
      ["npre2x unseen-names 8 res5 null", 251],
      ["npre emoji-identity 7 res5 null", 252],
      ["ncf emoji-identity 9 res5 null", 253],
      ["ncf held-out-names 9 res3 9216", 251],
    ]).get([arm, target, seed, layer, budget].map(String).join(" "));
    return evaluations === undefined ? one : { ...one, converged: false, evaluations };
  }),
  clusterings: summary.clusterings.map((clustering) => ({
    ...clustering,
    ...(clustering.seed === 8 && { empty: 1300, distinct: 200 }),
    ...(clustering.seed === 9 && { empty: 1 }),
  })),
};

const first = <T extends { readonly seed: number }>(list: readonly T[]) =>
  list.filter(({ seed }) => seed === seeds[0]);

/** The same run with one seed only, which scored what the three did on average. */
export const oneSeed: Summary = {
  ...summary,
  study: { ...study, seeds: seeds.slice(0, 1) },
  measurements: measurements.filter(({ seed }) => seed === 9).map((one) => ({ ...one, seed: 7 })),
  series: first(summary.series),
  clusterings: first(summary.clusterings),
  networks: first(summary.networks),
};

const noises = [0, 25, 50, 75];
const ks = [100, 400, 1600];

/** Label noise x K x three targets, with distillation beside it; one training of Ncf failed. */
export const noisyStudy: Study = {
  ...study,
  experiment: "figure3",
  title: "Label noise: does Ncf withstand what Npre does not?",
  scale: "small",
  axes: [
    { name: "noise", title: "label noise", unit: "%", values: noises },
    { name: "k", title: "K", unit: "", values: ks },
  ],
  arms: [
    { ...arms[0]!, about: "the teacher, trained on noisy names", axes: ["noise"] },
    {
      ...{
        id: "distilled",
        title: "Distilled",
        role: "control",
        about: "from the teacher’s answers",
      },
      ...{ task: "the teacher’s answers", axes: ["noise"] },
    },
    { ...arms[2]!, axes: ["noise", "k"] },
  ],
  targets: study.targets.slice(0, 3),
  claims: [
    {
      ...{ id: "falls", text: "Npre falls faster with noise than Ncf", paper: "Figure 3 (a)" },
      test: {
        ...{ kind: "falls-more", axis: "noise" },
        more: { arm: "npre", target: "held-out-names", at: {} },
        less: { arm: "ncf", target: "held-out-names", at: {} },
      },
      expected: "holds",
    },
    {
      ...{
        id: "clean",
        text: "Without noise, Npre is better on its own task",
        paper: "Figure 3 (a)",
      },
      test: {
        kind: "higher",
        better: { arm: "npre", target: "held-out-names", at: { noise: 0 } },
        worse: { arm: "ncf", target: "held-out-names", at: { noise: 0 } },
      },
      expected: "undecided",
    },
    {
      ...{ id: "larger-k", text: "A larger K transfers better", paper: "Section 3.2" },
      test: {
        ...{ kind: "rises", axis: "k" },
        of: { arm: "ncf", target: "emoji-identity", at: { noise: 75 } },
      },
      expected: "holds",
    },
  ],
  paper: ["figure3"],
};

/** Falls with noise: Npre fast, distillation less, Ncf least and the less the larger K. */
function noisyMean(arm: string, at: number, noise: number, k = 0): number {
  const start = [58, 36, 40][at]!;
  const grade = ks.indexOf(k);
  if (arm === "npre") return start - 0.24 * noise;
  if (arm === "distilled") return start + 0.5 - 0.19 * noise;
  return start - 5 + 3 * at + 1.5 * grade - (0.13 - 0.02 * grade) * noise;
}

const noisyPoints = noisyStudy.arms.flatMap(({ id: arm, axes }) =>
  noises.flatMap((noise): { arm: string; at: Point }[] =>
    axes.includes("k") ? ks.map((k) => ({ arm, at: { noise, k } })) : [{ arm, at: { noise } }]
  )
);
const placeOf = ({ noise, k }: Point) => `noise-${noise}${k === undefined ? "" : `.k-${k}`}`;
const hasFailed = ({ arm, at, seed }: { arm: string; at: Point; seed: number }) =>
  arm === "ncf" && at.noise === 75 && at.k === 1600 && seed === 9;

const noisyTrained = seeds.flatMap((seed) =>
  noisyPoints.map(({ arm, at }) => ({ arm, at, seed, node: `seed-${seed}.${placeOf(at)}.${arm}` }))
);

export const noisySummary: Summary = {
  schema: 3,
  study: noisyStudy,
  targets: targets.slice(0, 3),
  measurements: noisyPoints.flatMap(({ arm, at }) =>
    targets.slice(0, 3).flatMap(({ name, metric }, index) =>
      measured(
        { arm, at, target: name },
        scores(noisyMean(arm, index, Number(at.noise), Number(at.k)), 0.6 + 0.2 * index),
        { metric, baseline: baselines[index]! },
      )
    )
  ).filter((one) => !hasFailed(one)),
  series: noisyTrained.filter((one) => !hasFailed(one)).map(({ arm, at, seed }) => ({
    ...{ arm, at, seed },
    points: curve(24, Number(at.k ?? 100), seed).map((point) => ({
      ...point,
      ...(arm === "distilled" && { accuracy: null }),
    })),
  })),
  clusterings: noises.flatMap((noise) =>
    ks.flatMap((k) =>
      clusterings("ncf", { noise, k }, k).map((one) => ({
        ...one,
        sheet: noise === 50 && k === 400 ? `seed-${one.seed}.sheet` : null,
      }))
    )
  ),
  networks: noisyTrained.filter((one) => !hasFailed(one)),
  missing: noisyTrained.filter(hasFailed).flatMap((one) => [
    one,
    { ...one, node: `${one.node}.scores` },
  ]),
};

export const record: RunRecord = {
  schema: 2,
  id: "rotnet-4f1c9a2e",
  title: study.title,
  command: ["deno", "task", "clusterfit", "--seeds", "7,8,9", "--set", "title=a b"],
  asked: { seeds, title: "a b" },
  config: {
    teacher: "rotnet",
    arch: "resnet-small",
    k: 1500,
    train: { epochs: 24, batchSize: 256, learningRate: 0.2, weightDecay: 5e-4, nesterov: true },
    cluster: { iterations: 20, normalize: true },
    probe: { layers: ["res2", "res3", "res4", "res5"] },
  },
  study,
  resolved: { device: "cpu", precision: "bfloat16", threads: 1, workers: 2 },
  createdAt: "2026-11-22T14:03:11.000Z",
  nodes: [
    { id: "icons", stage: "icons", title: "Render icons", inputs: [], serves: [] },
    ...everySeed(arms.map(({ id }) => id)).map(({ arm, seed }) => ({
      ...{ id: `seed-${seed}.${arm}`, stage: "train", inputs: ["icons"] },
      title: `Train ${arms.find(({ id }) => id === arm)!.title}`,
      serves: [{ arm, seed, at: placeOfArm(arm) }],
    })),
  ],
};

const time = (seconds: number) =>
  new Date(Date.parse(record.createdAt) + seconds * 1000).toISOString();

export const events: RunEvent[] = [
  { t: time(0), ...runStarted },
  ...record.nodes.flatMap(({ id }, at): RunEvent[] => [
    { t: time(at * 20), ...started(id) },
    { t: time(at * 20 + 10), type: "progress", node: id, done: 50, total: 100, unit: "images" },
    { t: time(at * 20 + 20), type: "finished", node: id, seconds: 19.5 + at },
  ]),
  { t: time(201), ...runFinished },
];

/** Two rows of one grey pixel. */
const png = Uint8Array.fromBase64(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAACCAAAAACRZb0YAAAADElEQVR4nGNoaGgAAAMEAYFNDAhYAAAAAElFTkSuQmCC",
);

export const input: ReportInput = {
  record,
  summary,
  events,
  sheet: {
    png,
    clusters: [
      { id: 12, size: 31, names: ["arrow", "left", "<turn>"] },
      { id: 907, size: 8 },
    ],
  },
  snippet: {
    network: { arm: "ncf", at: { k: 1500 }, seed: 7, node: "seed-7.ncf" },
    code: [
      "import safetensors.torch, torch, torchvision",
      "net = torchvision.models.resnet18(num_classes=1500).eval()",
      "state = safetensors.torch.load_file('network.safetensors')",
      "logits = torch.func.functional_call(net, state, (images,))",
    ].join("\n"),
  },
};

export const noisyInput: ReportInput = {
  ...input,
  record: { ...record, id: "figure3-0a1b2c3d", title: noisyStudy.title, study: noisyStudy },
  summary: noisySummary,
};
