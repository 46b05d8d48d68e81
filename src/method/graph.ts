/** The graph of an experiment: every arm at every point and seed, its scores, one summary. */
import { catalogue } from "../data/catalogue.ts";
import type { World } from "../data/world.ts";
import { lastLayer, layers } from "../models/architectures.ts";
import { type Node, node } from "../pipeline/graph.ts";
import type { Use } from "../pipeline/use.ts";
import type { AxisValue, Point } from "../results/point.ts";
import type { ArmFacts, Axis, Study } from "../results/study.ts";
import type { MadeArm, Recipe, Site } from "./arm.ts";
import { GraphBuilder } from "./builder.ts";
import type { MethodConfig } from "./config.ts";
import type { ArmSpec, Experiment, Plan } from "./experiment.ts";
import { evaluationBatch } from "./placement.ts";
import type { Resolved } from "./resolve.ts";
import { seedFor } from "./seed.ts";
import type { Services } from "./services.ts";
import { measure } from "./stages/measure.ts";
import { summarise, type SummaryEntry } from "./stages/summarise.ts";
import { type Versions, versionsFor } from "./versions.ts";

export interface ExperimentGraph {
  readonly study: Study;
  readonly nodes: readonly Node<string, Services>[];
}

/** The data set of an experiment. `versions` are those of the engine's packages. */
export function worldOf<Config extends MethodConfig>(
  experiment: Experiment<Config>,
  config: Config,
  versions: Versions,
): World {
  const { images, targetSize } = config;
  return catalogue[config.data]({
    ...experiment.world(config),
    ...{ images, targetSize, versions: versionsFor("data", versions) },
  });
}

/** What a run is to make: the data first, then all that the summary needs. `versions` are those of the engine's
 * packages, as `engine.devices.describe()` gives them. */
export function buildGraph<Config extends MethodConfig>(
  experiment: Experiment<Config>,
  { config, scale }: { readonly config: Config; readonly scale: string },
  resolved: Resolved,
  versions: Versions,
  world = worldOf(experiment, config, versions),
): ExperimentGraph {
  const plan = experiment.plan(config, world);
  const builder = new GraphBuilder();
  const setting = { plan, config, resolved, versions };
  const recipes = new Map<string, Recipe>();
  const entries: (SummaryEntry & Use & { readonly node: Node<string, Services> })[] = [];
  const sheets: Node<"sheet", Services>[] = [];
  for (const seed of config.seeds) {
    placeArms(plan, seed, (use, recipe) => {
      const site = siteOf(builder, setting, use);
      const arm = recipe.build(site);
      if (!recipes.has(use.arm)) recipes.set(use.arm, recipe);
      sheets.push(...arm.clusterings.map(({ sheet }) => sheet));
      for (const { facts, node } of entriesOf(site, { recipe, arm }, setting, world)) {
        entries.push({ ...facts, ...use, node });
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
      ["images", config.images.toLocaleString("en")],
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

/** Calls `make` for every arm at every point of its lineage, the arms that it stands on first. */
function placeArms(
  { arms, axes }: Plan,
  seed: number,
  make: (use: Use, recipe: Recipe) => MadeArm,
): void {
  const made = new Map<string, { readonly at: Point; readonly arm: MadeArm }[]>();
  for (const [id, spec] of Object.entries(arms)) {
    const own = lineage(arms, id);
    const places = pointsOf(axes.filter(({ name }) => own.has(name))).map((at) => {
      const on = spec.on.map((other) => {
        const there = made.get(other)?.find((one) => agree(one.at, at));
        if (there) return [other, there.arm] as const;
        throw new Error(`Cannot make the arm "${id}": it needs "${other}" listed before it.`);
      });
      const recipe = spec.recipe(pick(at, spec.axes), Object.fromEntries(on));
      return { at, arm: make({ arm: id, seed, at }, recipe) };
    });
    made.set(id, places);
  }
}

/** Names of the axes that an arm depends on: its own, and those of the arms that it stands on. */
function lineage(arms: Readonly<Record<string, ArmSpec>>, id: string): ReadonlySet<string> {
  const spec = arms[id];
  if (!spec) throw new Error(`Cannot find the arm "${id}": the experiment has none of that name.`);
  return new Set([...spec.axes, ...spec.on.flatMap((other) => [...lineage(arms, other)])]);
}

/** Every combination of the values of some axes. */
export function pointsOf(axes: readonly Axis[]): Point[] {
  return axes.reduce<Point[]>(
    (points, { name, values }) =>
      points.flatMap((point) => values.map((value) => ({ ...point, [name]: value }))),
    [{}],
  );
}

function agree(fewer: Point, more: Point): boolean {
  return Object.entries(fewer).every(([axis, value]) => more[axis] === value);
}

function pick(at: Point, axes: readonly string[]): Record<string, AxisValue> {
  return Object.fromEntries(Object.entries(at).filter(([axis]) => axes.includes(axis)));
}

interface Setting {
  readonly plan: Plan;
  readonly config: MethodConfig;
  readonly resolved: Resolved;
  readonly versions: Versions;
}

function siteOf(
  builder: GraphBuilder,
  { plan, config, resolved, versions }: Setting,
  use: Use,
): Site {
  const { device, precision, threads, kmeans } = resolved;
  const axes = plan.axes.filter(({ name, values }) => name in use.at && values.length > 1);
  const here = {
    id: [`seed-${use.seed}`, ...axes.map(({ name }) => slug(`${name}-${use.at[name]}`)), use.arm]
      .join("."),
    suffix: [
      ...axes.map(({ name, title, unit }) => `, ${title} ${use.at[name]}${unit}`),
      config.seeds.length > 1 && `, seed ${use.seed}`,
    ].filter((part) => part !== false).join(""),
  };
  const placement: Site["placement"] = (kind) => ({
    ...{ device, precision, threads },
    versions: versionsFor(kind, versions),
  });
  return {
    arm: use.arm,
    at: here,
    kmeans,
    seedFor: (purpose) => seedFor(use.seed, purpose),
    placement,
    evaluation: (kind, view) => ({ ...placement(kind), view, batchSize: evaluationBatch }),
    place: (stage, placed, at = here) =>
      builder.place(stage, {
        ...placed,
        id: placed.id === "" ? at.id : `${at.id}.${placed.id}`,
        title: placed.title + at.suffix,
      }, use),
  };
}

/** An axis value in a node id. */
function slug(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9.]+/g, "-");
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
  const { network, view, clusterings, title } = arm;
  const trained = recipe.task !== null;
  const scores = plan.targets.map((name): Entry => {
    const { title: of, data, labels, parts, metric, probe } = targetOf(world, name);
    const each = name === plan.layerwiseTarget
      ? layers.map((layer) => ({ layer, budget: config.probe.layerBudget }))
      : [];
    const node = site.place(measure, {
      id: name,
      title: `Probe ${title}: ${of}`,
      config: {
        ...site.evaluation("probing", view),
        ...{ metric, probe, costs: config.probe.costs },
        outputs: [{ layer: lastLayer, budget: null }, ...each],
      },
      inputs: { network, data, labels, parts },
    });
    return { facts: { kind: "scores", target: name }, node };
  });
  return [
    { facts: { kind: "network", trained }, node: network },
    ...clusterings.map(({ labels, sheet }): Entry => ({
      facts: { kind: "clustering", sheet: sheet.id },
      node: labels,
    })),
    ...scores,
  ];
}

function targetOf(world: World, name: string): World["targets"][string] {
  const target = world.targets[name];
  if (target) return target;
  const known = Object.keys(world.targets).join(", ");
  throw new Error(`Cannot probe on "${name}": the data set has the targets ${known}.`);
}

/** Of each arm, as its recipe at the first point says. */
function armFacts({ arms, axes }: Plan, recipes: ReadonlyMap<string, Recipe>): ArmFacts[] {
  return [...recipes].map(([id, { title, about, role, task }]) => {
    const own = lineage(arms, id);
    const names = axes.map(({ name }) => name).filter((name) => own.has(name));
    return { id, title, about, role, task, axes: names };
  });
}
