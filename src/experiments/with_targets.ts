/** An experiment on icons whose networks are probed on pictures of the user's, too. */
import { z } from "zod";
import { side as iconSide } from "../data/icons/render.ts";
import { targetsRefused } from "../method/check_config.ts";
import type { MethodConfig } from "../method/config.ts";
import type { Experiment } from "../method/experiment.ts";
import { pictureKeys } from "./pictures.ts";

/** The experiment with the key `target`: name -> labelled pictures (docs/DATA.md), probed behind its own targets. Throws
 * a UserError where it has pictures of its own or is about other data. */
export function withTargets(experiment: Experiment): Experiment {
  const { name, schema } = experiment;
  if (experiment.pictures || !(schema instanceof z.ZodObject)) {
    throw targetsRefused(name, "pictures of its own");
  }
  return {
    ...experiment,
    schema: schema.extend({ target: pictureKeys.target }) as unknown as Experiment["schema"],
    check(config) {
      experiment.check(config);
      if (config.data !== "icons") throw targetsRefused(name, `data ${config.data}`);
    },
    pictures(config) {
      const { interval, subset, maxBad } = z.object(pictureKeys).parse({});
      const decoding = { side: iconSide, interpolation: "bilinear" } as const;
      return {
        ...{ targets: targetsOf(config), interval, subset },
        options: { decoding, pack: true, maxBad, images: null },
      };
    },
    plan(config, world, networks) {
      const plan = experiment.plan(config, world, networks);
      return { ...plan, targets: [...plan.targets, ...Object.keys(targetsOf(config))] };
    },
  };
}

function targetsOf(config: MethodConfig): Readonly<Record<string, string>> {
  return (config as MethodConfig & { readonly target: Record<string, string> }).target;
}
