/** Where an arm is made: the names, seeds and settings that its stages get from the run. */
import type { Use } from "../pipeline/use.ts";
import type { Site } from "./arm.ts";
import type { GraphBuilder } from "./builder.ts";
import type { MethodConfig } from "./config.ts";
import type { Plan } from "./experiment.ts";
import { evaluationBatch } from "./placement.ts";
import type { Resolved } from "./resolve.ts";
import { seedFor } from "./seed.ts";
import { libraryVersion, type Versions, versionsFor } from "./versions.ts";

/** What all sites of a graph have in common. */
export interface Setting {
  readonly plan: Plan;
  readonly config: MethodConfig;
  readonly resolved: Resolved;
  readonly versions: Versions;
}

/** The place of one arm at one point and seed. Its nodes go into `builder`. */
export function siteOf(
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
    library: (arch) => libraryVersion(arch, versions),
    placement,
    evaluation: (kind, view) => ({ ...placement(kind), view, batchSize: evaluationBatch(view) }),
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
