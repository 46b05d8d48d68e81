/** Gathers the scores, curves and clusterings of all seeds into `summary.json`. */
import { join } from "node:path";
import { writeFileAtomic } from "../../pipeline/files.ts";
import { readJsonLines } from "../../pipeline/jsonl.ts";
import { type Artifact, defineStage, type Kinds, type Stage } from "../../pipeline/stage.ts";
import { type ProbeScore, type Scores, scoresSchema } from "../scores.ts";
import type { Services } from "../services.ts";
import {
  type CurvePoint,
  curvePointSchema,
  type NetworkName,
  networks,
  type NotConverged,
  type Summary,
} from "../summary.ts";
import { clustersFile, clustersSchema } from "./cluster.ts";

export type SummariseConfig = {
  readonly teacher: "rotnet" | "hashtags";
  readonly arch: string;
  readonly images: number;
  readonly epochs: number;
  readonly seeds: readonly number[];
};

/** What a seed contributes, and the name of each input. */
export const seedInputs = (seed: number) => ({
  network: (name: NetworkName) => `seed-${seed}.${name}`,
  scores: (name: NetworkName) => `seed-${seed}.${name}-transfer`,
  clusters: `seed-${seed}.clusters`,
  sheet: `seed-${seed}.sheet`,
});

export function summarise(
  seeds: readonly number[],
): Stage<SummariseConfig, Kinds, "summary", Services> {
  const inputs = Object.fromEntries(
    seeds.map(seedInputs).flatMap((seed) => [
      ...networks.map((name) => [seed.network(name), "network"]),
      ...networks.map((name) => [seed.scores(name), "scores"]),
      [seed.clusters, "clusters"],
      [seed.sheet, "sheet"],
    ]),
  );
  return defineStage<SummariseConfig, Kinds, "summary", Services>({
    name: "summarise",
    version: 2,
    inputs,
    output: "summary",
    async run({ config, inputs, dir }) {
      const results = await Promise.all(config.seeds.map((seed) => readSeed(seed, inputs)));
      await writeFileAtomic(
        join(dir, "summary.json"),
        `${JSON.stringify(combine(config, results), null, 2)}\n`,
      );
      return ["summary.json"];
    },
  });
}

type PerNetwork<T> = Readonly<Record<NetworkName, T>>;
type SeedResult = Awaited<ReturnType<typeof readSeed>>;

async function readSeed(seed: number, inputs: Readonly<Record<string, Artifact>>) {
  const names = seedInputs(seed);
  const input = (name: string): Artifact => {
    const artifact = inputs[name];
    if (!artifact) throw new Error(`summarise needs the input "${name}"`);
    return artifact;
  };
  const json = async (name: string, file: string): Promise<unknown> =>
    JSON.parse(await Deno.readTextFile(input(name).file(file)));
  return {
    seed,
    scores: await perNetwork(async (name) =>
      scoresSchema.parse(await json(names.scores(name), "scores.json"))
    ),
    curves: await perNetwork(async (name) => {
      const log = await readJsonLines(
        input(names.network(name)).file("log.jsonl"),
        (line): CurvePoint => curvePointSchema.parse(line),
      );
      return [...log.values];
    }),
    clusters: {
      seed,
      ...clustersSchema.parse(await json(names.clusters, clustersFile)),
      sheet: names.sheet,
    },
  };
}

function combine(config: SummariseConfig, results: readonly SeedResult[]): Summary {
  const [first] = results;
  if (!first) throw new Error("summarise needs at least one seed");
  const over = <T>(read: (result: SeedResult, name: NetworkName) => T): PerNetwork<T[]> => ({
    npre: results.map((result) => read(result, "npre")),
    npre2x: results.map((result) => read(result, "npre2x")),
    ncf: results.map((result) => read(result, "ncf")),
  });
  const { teacher, arch, images, epochs, seeds } = config;
  const { layers } = first.scores.npre.layerwise;
  return {
    schema: 2,
    ...{ teacher, arch, images, epochs, seeds: [...seeds] },
    targets: first.scores.npre.targets.map((target, at) => ({
      name: target.name,
      title: target.title,
      metric: "top-1",
      classes: target.classes,
      train: target.train,
      test: target.test,
      majorityBaseline: target.majorityBaseline,
      scores: over(({ scores }, name) => scores[name].targets[at]?.testAccuracy ?? NaN),
      notConverged: failures(results, ({ targets }) => targets[at]),
    })),
    layerwise: {
      target: first.scores.npre.layerwise.target,
      layers,
      scores: over(({ scores }, name) =>
        scores[name].layerwise.probes.map(({ testAccuracy }) => testAccuracy)
      ),
      notConverged: layers.flatMap((layer, at) =>
        failures(results, ({ layerwise }) => layerwise.probes[at])
          .map((failure) => ({ ...failure, layer }))
      ),
    },
    curves: over(({ curves }, name) => curves[name]),
    clusters: results.map(({ clusters }) => clusters),
  };
}

/** Of one probe of each network and seed, those that did not converge. */
function failures(
  results: readonly SeedResult[],
  probeOf: (scores: Scores) => ProbeScore | undefined,
): NotConverged[] {
  return networks.flatMap((network) =>
    results.flatMap(({ seed, scores }) => {
      const probe = probeOf(scores[network]);
      return probe && !probe.converged ? [{ network, seed, evaluations: probe.evaluations }] : [];
    })
  );
}

async function perNetwork<T>(make: (name: NetworkName) => Promise<T>): Promise<PerNetwork<T>> {
  return { npre: await make("npre"), npre2x: await make("npre2x"), ncf: await make("ncf") };
}
