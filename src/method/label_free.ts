/** What an arm puts into the summary without any label: measures of its features of the data set. */
import type { Node } from "../pipeline/graph.ts";
import { agree, type Point } from "../results/point.ts";
import type { MadeArm, Site } from "./arm.ts";
import { features } from "./clustering.ts";
import type { Services } from "./services.ts";
import { effectiveRank } from "./stages/effective_rank.ts";
import { neighbourAgreement } from "./stages/neighbour_agreement.ts";
import type { SummaryEntry } from "./stages/summarise.ts";

/** Nearest neighbours of a row that two networks may share. */
const neighbours = 10;
/** Rows among which they are sought. */
const limit = 5000;

/** A teacher that stands in the graph. */
export interface PlacedTeacher {
  /** Id of the arm. */
  readonly arm: string;
  readonly at: Point;
  readonly made: MadeArm;
}

/** The effective rank of an arm's features of `data`, and how far their neighbourhoods are those of each of the
 * teachers before it, at its point. */
export function labelFreeEntries(
  site: Site,
  at: Point,
  arm: MadeArm,
  data: Node<"dataset", Services>,
  teachers: readonly PlacedTeacher[],
): { readonly facts: SummaryEntry; readonly node: Node<string, Services> }[] {
  const { threads, versions } = site.placement("describing");
  const layer = arm.layers.at(-1)!;
  const own = features(site, arm, data, layer);
  const rank = site.place(effectiveRank, {
    id: "effective-rank",
    title: `Effective rank of ${arm.title}`,
    config: { layer, threads, versions },
    inputs: { features: own },
  });
  const others = teachers.filter((teacher) => agree(teacher.at, at));
  const agreements = others.map(({ arm: reference, made }) => ({
    facts: { kind: "measures", reference } satisfies SummaryEntry,
    node: site.place(neighbourAgreement, {
      id: `neighbours.${reference}`,
      title: `Neighbours of ${arm.title} and ${made.title}`,
      config: {
        ...{ layer, neighbours, limit, seed: site.seedFor("neighbours"), threads, versions },
      },
      inputs: { features: own, reference: features(site, made, data, made.layers.at(-1)!) },
    }),
  }));
  return [{ facts: { kind: "measures" }, node: rank }, ...agreements];
}
