/** Experiments for tests: the default config, any plan; built on a data set of a few rows. */
import { settingsOf } from "../../src/method/training_settings.ts";
import type { World } from "../../src/data/world.ts";
import { type DefaultConfig, defaultExperiment } from "../../src/experiments/default.ts";
import type { MethodConfig } from "../../src/method/config.ts";
import type { Experiment, Plan } from "../../src/method/experiment.ts";
import { buildGraph, type ExperimentGraph } from "../../src/method/graph.ts";
import { parseConfig } from "../../src/method/parse_config.ts";
import { resolve } from "../../src/method/resolve.ts";
import type { Services } from "../../src/method/services.ts";
import type { Learner } from "../../src/method/training.ts";
import type { NetworkFile } from "../../src/models/network_file.ts";
import { asStored } from "../../src/models/view.ts";
import { inOrder, type Node } from "../../src/pipeline/graph.ts";
import type { JsonObject } from "../../src/pipeline/json.ts";
import { versions } from "./fake_engine.ts";
import { toyWorld } from "./toy_world.ts";

export const machine = { threads: 2, bf16: false, cuda: null, faissGpu: false };

/** The graph of an experiment on the toy world. */
export function toyGraph<Config extends MethodConfig>(
  experiment: Experiment<Config>,
  given: JsonObject = {},
  world = toyWorld(),
  networks: Readonly<Record<string, NetworkFile>> = {},
): ExperimentGraph & { readonly config: Config } {
  const config = parseConfig(experiment.schema, given);
  const resolved = resolve(config, machine);
  const outside = { world, networks };
  const graph = buildGraph(experiment, { config, scale: "" }, resolved, versions, outside);
  return { ...graph, config };
}

/** An experiment with this plan: what it leaves out is empty. */
export function experimentOf(
  plan: (world: World, learner: Learner) => Partial<Plan> & Pick<Plan, "arms">,
): Experiment<DefaultConfig> {
  return {
    ...defaultExperiment,
    name: "toy",
    plan(config, world) {
      const learner: Learner = {
        backbone: { arch: "resnet10-small", width: 16 },
        view: asStored,
        data: world.data,
        epochs: config.epochs,
        training: settingsOf(config, asStored, 1000),
      };
      return {
        title: "A toy experiment",
        facts: [],
        axes: [],
        targets: ["unseen-names"],
        layerwiseTarget: null,
        claims: [],
        figures: [],
        paper: [],
        ...plan(world, learner),
      };
    },
  };
}

/** The nodes of a graph by their ids, in the order of a run. */
export function byId(
  graph: Pick<ExperimentGraph, "nodes">,
): Record<string, Node<string, Services>> {
  return Object.fromEntries(inOrder(graph.nodes).map((node) => [node.id, node]));
}

/** Those that run this stage. */
export function ofStage(graph: Pick<ExperimentGraph, "nodes">, stage: string) {
  return inOrder(graph.nodes).filter((node) => node.stage.name === stage);
}
