/** The graph of a run: what ClusterFit is, stage by stage (paper, Figure 2). */
import { catalogue } from "../data/catalogue.ts";
import type { World } from "../data/world.ts";
import { type Node, node } from "../pipeline/graph.ts";
import { defaultWidth } from "./architectures.ts";
import type { Config } from "./config.ts";
import type { Resolved } from "./resolve.ts";
import { seedFor } from "./seed.ts";
import type { Services } from "./services.ts";
import { cluster } from "./stages/cluster.ts";
import { contactSheet, sheetVersions } from "./stages/contact_sheet.ts";
import { extract } from "./stages/extract.ts";
import { fit } from "./stages/fit.ts";
import { pretrainHashtags, pretrainRotnet } from "./stages/pretrain.ts";
import { seedInputs, summarise } from "./stages/summarise.ts";
import { transfer } from "./stages/transfer.ts";
import type { NetworkName } from "./summary.ts";
import { type Versions, versionsFor } from "./versions.ts";

/** Pictures per forward pass where nothing is learned. */
const evaluationBatch = 512;

type Make<Kind extends string> = Node<Kind, Services>;

/** What people call the teachers. */
export const teacherTitles = { rotnet: "RotNet", hashtags: "hashtag" } as const;

const teachers = { rotnet: pretrainRotnet, hashtags: pretrainHashtags } as const;

/** What a run is to make: the data first, then all that the summary needs. `versions` are those of the
 * engine's packages, as `engine.devices.describe()` gives them. */
export function buildGraph(
  config: Config,
  resolved: Resolved,
  versions: Versions,
): readonly Make<string>[] {
  const { images, targetSize } = config;
  const world = catalogue[config.data]({
    images,
    ...(targetSize !== null && { targetSize }),
    versions: versionsFor("data", versions),
  });
  const bySeed = config.seeds.map((seed) => seedGraph(config, resolved, versions, world, seed));
  const { teacher, arch, epochs, seeds } = config;
  const summary = node(summarise(seeds), {
    id: "summary",
    title: "Summarise",
    config: { teacher, arch, images, epochs, seeds },
    inputs: Object.fromEntries(bySeed.flatMap((nodes) => Object.entries(nodes))),
  });
  return [world.images, ...Object.values(world.targets), summary];
}

/** One seed's nodes, by the names that `summarise` asks for. */
function seedGraph(
  config: Config,
  resolved: Resolved,
  versions: Versions,
  world: World,
  seed: number,
): Record<string, Make<string>> {
  const { images, targets, layerwiseTarget } = world;
  const { device, precision, threads } = resolved;
  const { arch, epochs, training } = config;
  const width = config.width === "auto" ? defaultWidth(arch) : config.width;
  const teacher = teachers[config.teacher];
  const names = seedInputs(seed);
  const suffix = config.seeds.length > 1 ? `, seed ${seed}` : "";
  const placement = { device, precision, threads, batchSize: evaluationBatch };
  const train = (network: NetworkName, epochs: number) => ({
    ...{ arch, width, epochs, device, precision, threads, training },
    seed: seedFor(seed, network),
    versions: versionsFor("training", versions),
  });

  const npre = node(teacher, {
    id: names.network("npre"),
    title: `Pre-train Npre (${teacherTitles[config.teacher]})${suffix}`,
    config: train("npre", epochs),
    inputs: { images },
  });
  const npre2x = node(teacher, {
    id: names.network("npre2x"),
    title: `Pre-train Npre 2x${suffix}`,
    config: train("npre2x", 2 * epochs),
    inputs: { images },
  });
  const features = node(extract, {
    id: `seed-${seed}.features`,
    title: `Extract features${suffix}`,
    config: { ...placement, versions: versionsFor("extraction", versions) },
    inputs: { images, network: npre },
  });
  const clusters = node(cluster, {
    id: names.clusters,
    title: `Cluster, K = ${config.k.toLocaleString("en")}${suffix}`,
    config: {
      k: config.k,
      iterations: config.clustering.iterations,
      normalise: config.clustering.normalise,
      engine: resolved.kmeans,
      seed: seedFor(seed, "k-means"),
      ...{ device, threads },
      versions: versionsFor("clustering", versions),
    },
    inputs: { features },
  });
  const ncf = node(fit, {
    id: names.network("ncf"),
    title: `Train Ncf on the clusters${suffix}`,
    config: { ...train("ncf", epochs), k: config.k },
    inputs: { images, clusters },
  });
  const sheet = node(contactSheet, {
    id: names.sheet,
    title: `Draw clusters${suffix}`,
    config: { rows: 16, columns: 12, versions: sheetVersions() },
    inputs: { images, clusters },
  });

  const probed = (name: NetworkName, title: string, network: Make<"network">) =>
    node(transfer(Object.keys(targets)), {
      id: names.scores(name),
      title: `Probe ${title}${suffix}`,
      config: {
        ...placement,
        versions: versionsFor("probing", versions),
        targets: Object.keys(targets),
        costs: config.probe.costs,
        layerBudget: config.probe.layerBudget,
        layerwiseTarget,
      },
      inputs: {
        network,
        ...Object.fromEntries(
          Object.entries(targets).map(([target, at]) => [`target.${target}`, at]),
        ),
      },
    });
  return {
    [npre.id]: npre,
    [npre2x.id]: npre2x,
    [clusters.id]: clusters,
    [ncf.id]: ncf,
    [sheet.id]: sheet,
    [names.scores("npre")]: probed("npre", "Npre", npre),
    [names.scores("npre2x")]: probed("npre2x", "Npre 2x", npre2x),
    [names.scores("ncf")]: probed("ncf", "Ncf", ncf),
  };
}
