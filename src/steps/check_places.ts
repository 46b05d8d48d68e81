/** Whether what a config names is there: looked at before Python starts and a network is loaded, which takes
 * seconds. */
import { type DataSetName, dataSetNames } from "../data/catalogue.ts";
import { placeOf } from "../data/pictures/place.ts";
import type { MethodConfig } from "../method/config.ts";
import type { Experiment } from "../method/experiment.ts";
import { findNetwork } from "../networks/find.ts";

/** Rejects with a UserError where a path of pictures or of a network leads nowhere, or a network is named as none
 * can be. */
export async function checkPlaces<Config extends MethodConfig>(
  experiment: Experiment<Config>,
  config: Config,
): Promise<void> {
  for (const { spec } of Object.values(experiment.networks?.(config) ?? {})) {
    await findNetwork(spec, Deno.cwd());
  }
  if (!experiment.pictures) return;
  const { data, target = {} }: { data: string; target?: Readonly<Record<string, string>> } = config;
  if (!dataSetNames.includes(data as DataSetName)) await placeOf(data);
  for (const given of Object.values(target)) await placeOf(given);
}
