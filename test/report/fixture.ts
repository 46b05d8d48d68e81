/** A finished run of three seeds with the numbers of an early trial, for the tests of report and server. */
import type { CurvePoint, Summary, Target } from "../../src/method/summary.ts";
import { networks } from "../../src/method/summary.ts";
import type { RunEvent } from "../../src/pipeline/events.ts";
import type { RunRecord } from "../../src/pipeline/record.ts";
import type { ReportInput } from "../../src/report/input.ts";
import { runFinished, runStarted, started } from "../pipeline/events.ts";

export const seeds = [7, 8, 9];

/** Three scores with exactly this mean and sample standard deviation. */
export const scores = (mean: number, spread: number) => [mean - spread, mean + spread, mean];

export const targets: Target[] = [
  {
    name: "held-out-names",
    title: "Names in held-out icon families",
    metric: "top-1",
    classes: 380,
    train: 7412,
    test: 3105,
    majorityBaseline: 1.9,
    scores: { npre: scores(45.5, 1.3), npre2x: scores(47.4, 0.9), ncf: scores(49.6, 0.4) },
    notConverged: [],
  },
  {
    name: "unseen-names",
    title: "Names never seen",
    metric: "top-1",
    classes: 752,
    train: 9024,
    test: 4310,
    majorityBaseline: 0.6,
    scores: { npre: scores(38.2, 0.8), npre2x: scores(40.9, 0.7), ncf: scores(39.1, 0.6) },
    notConverged: [],
  },
  {
    name: "emoji-identity",
    title: "Emoji identity, held-out vendor",
    metric: "top-1",
    classes: 1261,
    train: 3783,
    test: 1261,
    majorityBaseline: 0.1,
    scores: { npre: scores(41.8, 1.4), npre2x: scores(44.5, 1.0), ncf: scores(48.8, 1.6) },
    notConverged: [],
  },
  {
    name: "emoji-category",
    title: "Emoji category",
    metric: "mAP",
    classes: 7,
    train: 3783,
    test: 1261,
    majorityBaseline: 26.4,
    scores: { npre: scores(45.4, 1.3), npre2x: scores(46.1, -1.1), ncf: scores(47.2, 1.1) },
    notConverged: [],
  },
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

const layerScores = {
  npre: [33, 39, 44, 45.5],
  npre2x: [33.5, 40, 46, 47.4],
  ncf: [34, 41, 47, 49.6],
};

export const summary: Summary = {
  schema: 2,
  teacher: "rotnet",
  arch: "resnet-small",
  images: 10_000,
  epochs: 24,
  seeds,
  targets,
  layerwise: {
    target: "held-out-names",
    layers: ["res2", "res3", "res4", "res5"],
    scores: {
      npre: [-1, 1, 0].map((z) => layerScores.npre.map((mean) => mean + z * 1.3)),
      npre2x: [-1, 1, 0].map((z) => layerScores.npre2x.map((mean) => mean + z * 0.9)),
      ncf: [-1, 1, 0].map((z) => layerScores.ncf.map((mean) => mean + z * 0.4)),
    },
    notConverged: [],
  },
  curves: {
    npre: seeds.map((seed) => curve(24, 4, seed)),
    npre2x: seeds.map((seed) => curve(48, 4, seed + 1)),
    ncf: seeds.map((seed) => curve(24, 1500, seed + 2)),
  },
  clusters: seeds.map((seed) => ({
    seed,
    k: 1500,
    points: 10_000,
    iterations: 20,
    objective: 3127.4218 + seed,
    sizes: sizes(1500, seed),
    empty: 0,
    distinct: 9_998,
    sheet: `seed-${seed}.sheet`,
  })),
};

/** The same run with probes that did not converge and with empty clusters. */
export const doubtful: Summary = {
  ...summary,
  targets: targets.map((target, at) => ({
    ...target,
    notConverged: [
      [],
      [{ network: "npre2x" as const, seed: 8, evaluations: 251 }],
      [
        { network: "npre" as const, seed: 7, evaluations: 252 },
        { network: "ncf" as const, seed: 9, evaluations: 253 },
      ],
      [],
    ][at]!,
  })),
  layerwise: {
    ...summary.layerwise,
    notConverged: [{ layer: "res3", network: "ncf", seed: 9, evaluations: 251 }],
  },
  clusters: summary.clusters.map((clustering) => ({
    ...clustering,
    ...(clustering.seed === 8 && { empty: 1300, distinct: 200 }),
    ...(clustering.seed === 9 && { empty: 1 }),
  })),
};

/** The same run with its first seed only. */
export const oneSeed: Summary = {
  ...summary,
  seeds: [7],
  targets: targets.map((target) => ({
    ...target,
    scores: {
      npre: target.scores.npre.slice(2),
      npre2x: target.scores.npre2x.slice(2),
      ncf: target.scores.ncf.slice(2),
    },
  })),
  layerwise: {
    ...summary.layerwise,
    scores: {
      npre: [layerScores.npre],
      npre2x: [layerScores.npre2x],
      ncf: [layerScores.ncf],
    },
  },
  curves: {
    npre: summary.curves.npre.slice(0, 1),
    npre2x: summary.curves.npre2x.slice(0, 1),
    ncf: summary.curves.ncf.slice(0, 1),
  },
  clusters: summary.clusters.slice(0, 1),
};

const trained = { npre: "Train Npre", npre2x: "Train Npre 2x", ncf: "Train Ncf" };

export const record: RunRecord = {
  schema: 2,
  id: "rotnet-4f1c9a2e",
  title: "ClusterFit on RotNet, 10,000 icons",
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
  study: { seeds },
  resolved: { device: "cpu", precision: "bfloat16", threads: 1, workers: 2 },
  createdAt: "2026-11-22T14:03:11.000Z",
  nodes: [
    { id: "icons", stage: "icons", title: "Render icons", inputs: [], serves: [] },
    ...seeds.flatMap((seed) =>
      networks.map((network) => ({
        id: `seed-${seed}.${network}`,
        stage: "train",
        title: trained[network],
        inputs: ["icons"],
        serves: [{ arm: network, seed, at: {} }],
      }))
    ),
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
  snippet: [
    "import safetensors.torch, torch, torchvision",
    "net = torchvision.models.resnet18(num_classes=1500).eval()",
    "state = safetensors.torch.load_file('network.safetensors')",
    "logits = torch.func.functional_call(net, state, (images,))",
  ].join("\n"),
};
