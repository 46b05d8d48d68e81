/** Opens what a config names that lies outside of it: pictures and pre-trained networks. */
import { fileURLToPath } from "node:url";
import { dataSetNames } from "../data/catalogue.ts";
import type { Collection } from "../data/pictures/collection.ts";
import { side as iconSide } from "../data/icons/render.ts";
import { withoutHeldOut } from "../data/pictures/held_out.ts";
import { partOf } from "../data/pictures/part_of.ts";
import { publishedSpec } from "../data/published/list.ts";
import { extrasOfCollection, openCollection } from "../data/pictures/open.ts";
import { pictureTargets } from "../data/pictures/target.ts";
import { planTarget } from "../data/pictures/target_plan.ts";
import { pictureSeed, pictureWorld, sharedIndex } from "../data/pictures/world.ts";
import type { World } from "../data/world.ts";
import { readVersions } from "../engine/mod.ts";
import type { MethodConfig } from "../method/config.ts";
import type { Experiment, NetworkAsked, PicturesAsked } from "../method/experiment.ts";
import { type Given, worldOf } from "../method/graph.ts";
import { type Versions, versionsFor } from "../method/versions.ts";
import { UserError } from "../pipeline/errors.ts";
import { count } from "../results/count.ts";
import { obtainNetwork } from "../networks/obtain.ts";
import { extrasOfArchitecture } from "../networks/spec.ts";
import type { NetworkFile } from "../models/network_file.ts";
import type { RunOptions } from "./step_options.ts";

/** What opening takes; `engine` starts it once. */
export type Means = Required<Pick<RunOptions, "signal" | "say" | "engine" | "install">>;

/** Where networks are kept once they are files of ours. */
const cache = fileURLToPath(new URL("../../.cache/networks", import.meta.url));

/** Rejects with a UserError where something is not there or is not what it has to be. Nothing is decoded yet. */
export async function openGiven<Config extends MethodConfig>(
  experiment: Experiment<Config>,
  config: Config,
  means: Means,
): Promise<{ readonly given: Given; readonly versions: Versions }> {
  await means.install(extrasOfArchitecture(config.arch));
  const networks: Record<string, NetworkFile> = {};
  for (const [name, given] of Object.entries(experiment.networks?.(config) ?? {})) {
    networks[name] = await obtain(given, means);
  }
  const asked = experiment.pictures?.(config, networks);
  if (asked?.clips) await means.install(["av"]);
  const versions = await readVersions(); // with those of what was installed just now
  const world = asked
    ? await openWorld(experiment, config, asked, versions, means)
    : worldOf(experiment, config, versions);
  return { given: { world, networks }, versions };
}

async function openWorld<Config extends MethodConfig>(
  experiment: Experiment<Config>,
  config: Config,
  asked: PicturesAsked,
  versions: Versions,
  means: Means,
): Promise<World> {
  const named = stillWorld(experiment, config, versions);
  const kind = asked.clips ? "videos" : "pictures";
  const options = { ...asked.options, versions: versionsFor(kind, versions) };
  const open = opener(asked, means);
  const plans = [];
  for (const [name, given] of Object.entries(asked.targets)) {
    const plan = planTarget(name, await open(given), pictureSeed);
    for (const note of plan.notes) means.say(`${name}: ${note}`);
    plans.push(plan);
  }
  if (named) {
    const more = Object.entries(pictureTargets(plans, sharedIndex(options), options.versions))
      .map(([name, target]) => [name, { ...target, readAt: iconSide }] as const);
    return { ...named, targets: { ...named.targets, ...Object.fromEntries(more) } };
  }
  const collection = learnedFrom(await open(config.data));
  const { collection: learned, left } = asked.holdOut
    ? withoutHeldOut(collection, plans)
    : { collection, left: 0 };
  if (left > 0) {
    means.say(
      `${collection.title}: ${
        count(learned.names.length, asked.clips ? "video" : "picture")
      } to train on; left out: ` +
        `${left.toLocaleString("en")} that the targets validate or test on`,
    );
  }
  return pictureWorld(learned, plans, options);
}

/** That of a data set by its name, beside which pictures are read; undefined of pictures of one's own. Throws a UserError
 * where its rows are clips. */
function stillWorld<Config extends MethodConfig>(
  experiment: Experiment<Config>,
  config: Config,
  versions: Versions,
): World | undefined {
  if (!dataSetNames.some((name) => name === config.data)) return undefined;
  const world = worldOf(experiment, config, versions);
  if (world.frames === undefined) return world;
  throw new UserError(
    `Cannot read clips with a network, targets or a student of one's own: it needs pictures, found ${config.data}. ` +
      "Take a network of clips (--arch r2plus1d-small) and a teacher that is trained here.",
  );
}

/** Of a data set of the paper its training part; of one's own pictures all. */
function learnedFrom(collection: Collection): Collection {
  return publishedSpec(collection.given) ? partOf(collection, "train") : collection;
}

/** A pre-trained network as a file of ours; it is fetched and converted once. */
async function obtain(
  { spec, preprocessing }: NetworkAsked,
  { say, install, engine, signal }: Means,
): Promise<NetworkFile> {
  const network = await obtainNetwork(engine, spec, {
    ...{ cache, preprocessing, install, signal },
    folder: Deno.cwd(),
  });
  say([network.title, ...network.notes].join("; "));
  return network;
}

/** Opens each collection once, and says what was left out of it. */
function opener(
  { interval, subset, clips = false }: Pick<PicturesAsked, "interval" | "subset" | "clips">,
  { say, install, engine, signal }: Means,
): (given: string) => Promise<Collection> {
  const opened = new Map<string, Collection>();
  return async (given) => {
    const known = opened.get(given);
    if (known) return known;
    await install(await extrasOfCollection(given, signal));
    const collection = await openCollection(given, { signal, engine, interval, subset, clips });
    const { title, names, notes } = collection;
    say([`${title}: ${count(names.length, clips ? "video" : "picture")}`, ...notes].join("; "));
    opened.set(given, collection);
    return collection;
  };
}
