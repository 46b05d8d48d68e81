/** The graph of an experiment: every arm at every point and seed, its scores, one summary. */
import { catalogue, type DataSetName } from "../data/catalogue.ts";
import type { Target } from "../data/target.ts";
import type { World } from "../data/world.ts";
import { UserError } from "../pipeline/errors.ts";
import { type Node, node } from "../pipeline/graph.ts";
import type { Use } from "../pipeline/use.ts";
import type { Study } from "../results/study.ts";
import type { MadeArm, Recipe, Site } from "./arm.ts";
import type { NetworkFile } from "../models/network_file.ts";
import type { View } from "../models/view.ts";
import { checkChoosable } from "./best_layer.ts";
import { GraphBuilder } from "./builder.ts";
import { checkPlan } from "./check_plan.ts";
import type { MethodConfig } from "./config.ts";
import type { Experiment, Plan } from "./experiment.ts";
import { labelFreeEntries, type PlacedTeacher } from "./label_free.ts";
import { armFacts, placeArms } from "./place_arms.ts";
import { probeConfigOf } from "./probe_config.ts";
import type { Resolved } from "./resolve.ts";
import type { Services } from "./services.ts";
import { type Setting, siteOf } from "./site.ts";
import { measure } from "./stages/measure.ts";
import { summarise, type SummaryEntry } from "./stages/summarise.ts";
import { type Versions, versionsFor } from "./versions.ts";

/** What a run of an experiment is. */
export interface ExperimentGraph {
  /** What is compared, as `run.json` keeps it. */
  readonly study: Study;
  /** What is to be made, inputs first. */
  readonly nodes: readonly Node<string, Services>[];
}

/** The data set of an experiment. `versions` are those of the engine's packages. */
export function worldOf<Config extends MethodConfig>(
  experiment: Experiment<Config>,
  config: Config,
  versions: Versions,
): World {
  const make = catalogue[config.data as DataSetName];
  return make({
    ...experiment.world(config),
    ...{ targetSize: config.targetSize, versions: versionsFor("data", versions) },
  });
}

/** What lies outside of a config: its data set, and the pre-trained networks that it names. */
export interface Given {
  /** Its data set, with targets. */
  readonly world: World;
  /** Those that the experiment names, by its names. */
  readonly networks: Readonly<Record<string, NetworkFile>>;
}

/**
 * What a run is to make: the data first, then all that the summary needs. `versions` are those of the engine's
 * packages, as `engine.devices.describe()` gives them.
 *
 * @example The default experiment, small
 * ```ts
 * import { buildGraph, defaultExperiment, executeRun } from "clusterfit";
 * import { parseConfig, resolve, startEngine } from "clusterfit";
 *
 * const engine = await startEngine();
 * const asked = { images: 60, epochs: 1, k: 5, targets: [], threads: 1 };
 * const config = parseConfig(defaultExperiment.schema, asked);
 * const { versions, ...machine } = await engine.devices.describe();
 * const resolved = resolve(config, machine);
 * const { study, nodes } = buildGraph(defaultExperiment, { config, scale: "" }, resolved, versions);
 * const command = ["deno", "run", "mine.ts"];
 * const run = await executeRun({
 *   out: "runs",
 *   record: { id: "mine", title: "My run", command, asked, config, study, resolved },
 *   attempt: { command, versions, hardware: { cpus: machine.threads } },
 *   nodes,
 *   workers: resolved.workers,
 *   services: () => Promise.resolve({ engine }),
 *   signal: new AbortController().signal,
 *   publish: () => Promise.resolve([]),
 * });
 * console.log(run.id); // mine
 * ```
 */
export function buildGraph<Config extends MethodConfig>(
  experiment: Experiment<Config>,
  { config, scale }: { readonly config: Config; readonly scale: string },
  resolved: Resolved,
  versions: Versions,
  { world, networks }: Given = { world: worldOf(experiment, config, versions), networks: {} },
): ExperimentGraph {
  const planned = experiment.plan(config, world, networks);
  const plan = { ...planned, targets: config.targets ?? planned.targets };
  checkPlan(plan, world);
  const builder = new GraphBuilder();
  const setting = { plan, config, resolved, versions };
  const recipes = new Map<string, Recipe>();
  const entries: (SummaryEntry & Use & { readonly node: Node<string, Services> })[] = [];
  const sheets: Node<"sheet", Services>[] = [];
  for (const seed of config.seeds) {
    const teachers: PlacedTeacher[] = [];
    placeArms(plan, seed, (use, recipe) => {
      const site = siteOf(builder, setting, use);
      const arm = recipe.build(site);
      if (!recipes.has(use.arm)) recipes.set(use.arm, recipe);
      sheets.push(...arm.clusterings.map(({ sheet }) => sheet));
      for (const { facts, node } of entriesOf(site, { recipe, arm }, setting, world)) {
        entries.push({ ...facts, ...use, node });
      }
      if (plan.labelFree) {
        for (const { facts, node } of labelFreeEntries(site, use.at, arm, world.data, teachers)) {
          entries.push({ ...facts, ...use, node });
        }
        if (recipe.role === "teacher") teachers.push({ arm: use.arm, at: use.at, made: arm });
      }
      return arm;
    });
  }
  const study: Study = {
    experiment: experiment.name,
    scale,
    title: plan.title,
    facts: [
      ...plan.facts.map(([name, value]): [string, string] => [name, value]),
      ...config.images === null ? [] : [
        ["images", config.images.toLocaleString("en")] satisfies [string, string],
      ],
      ["epochs", String(config.epochs)],
    ],
    seeds: [...config.seeds],
    axes: plan.axes.map((axis) => ({ ...axis, values: [...axis.values] })),
    arms: armFacts(plan, recipes),
    targets: plan.targets.map((name) => ({ name, title: targetOf(world, name).title })),
    claims: [...plan.claims],
    figures: [...plan.figures],
    paper: [...plan.paper],
  };
  const summary = node(summarise, {
    id: "summary",
    title: "Summarise",
    config: { study, entries: entries.map(({ node, ...entry }) => ({ ...entry, node: node.id })) },
    inputs: Object.fromEntries(entries.map(({ node }) => [node.id, node])),
  });
  const targets = plan.targets.map((name) => targetOf(world, name).data);
  return { study, nodes: [world.data, ...targets, ...sheets, summary] };
}

/** Something for the summary, and the node that makes it. */
interface Entry {
  readonly facts: SummaryEntry;
  readonly node: Node<string, Services>;
}

/** What an arm puts into the summary: its network, its clusterings, its scores on every target. */
function entriesOf(
  site: Site,
  { recipe, arm }: { readonly recipe: Recipe; readonly arm: MadeArm },
  { plan, config }: Setting,
  world: World,
): Entry[] {
  const { network, view, layers, clusterings, title } = arm;
  const lastLayer = layers.at(-1)!;
  const trained = recipe.task !== null;
  const scores = plan.targets.map((name): Entry => {
    const target = targetOf(world, name);
    const { title: of, data, labels, parts, metric } = target;
    const by = probeConfigOf(config.probe, target, site.seedFor("probe"));
    if (plan.bestLayer) checkChoosable(by, target);
    const each = plan.bestLayer || name === plan.layerwiseTarget
      ? (plan.layers ?? layers).map((layer) => ({ layer, budget: config.probe.layerBudget }))
      : [];
    const node = site.place(measure, {
      id: name,
      title: `Probe ${title}: ${of}`,
      config: {
        ...site.evaluation(by.probe === "svm" ? "probing by SVM" : "probing", viewOf(target, view)),
        metric,
        ...by,
        outputs: [{ layer: lastLayer, budget: null }, ...each],
      },
      inputs: { network, data, labels, parts },
    });
    const { bestLayer } = plan;
    return { facts: { kind: "scores", target: name, ...(bestLayer && { bestLayer }) }, node };
  });
  return [
    { facts: { kind: "network", trained }, node: network },
    ...clusterings.map(({ labels, sheet }): Entry => ({
      facts: { kind: "clustering", sheet: sheet.id },
      node: labels,
    })),
    ...scores,
    ...trained ? overlapsOf(plan, world) : [],
  ];
}

/** How a network reads the rows of a target. */
function viewOf({ readAt }: Pick<Target, "readAt">, view: View): View {
  return view.size === null && readAt !== undefined ? { ...view, size: readAt } : view;
}

function overlapsOf({ targets }: Plan, world: World): Entry[] {
  return targets.flatMap((name) => {
    const { overlap } = targetOf(world, name);
    return overlap ? [{ facts: { kind: "overlap", target: name }, node: overlap }] : [];
  });
}

function targetOf(world: World, name: string): World["targets"][string] {
  const target = world.targets[name];
  if (target) return target;
  const known = Object.keys(world.targets).join(", ");
  throw new UserError(
    `Cannot probe on "${name}": it needs a target of the data set, one of ${known}.`,
  );
}
