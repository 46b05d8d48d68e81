/** One clustering of several, as evidence accumulation asks (paper, section 6). */
import type { Node } from "../pipeline/graph.ts";
import type { Site } from "./arm.ts";
import type { Services } from "./services.ts";
import { consensus } from "./stages/consensus.ts";

/** The search for it: starts that are drawn beside the clusterings themselves, and iterations of each start at most.
 * On planted clusters that single clusterings hardly show, one start is not enough, and twenty find what five do. */
const search = { starts: 5, iterations: 50 };

/** `k` clusters of the rows that many of these hold together. */
export function agreement(
  site: Site,
  clusterings: readonly Node<"labels", Services>[],
  k: number,
): Node<"labels", Services> {
  return site.place(consensus, {
    id: "consensus",
    title: `Find the consensus of ${clusterings.length} clusterings`,
    config: {
      ...{ k, ...search, seed: site.seedFor("consensus") },
      versions: site.placement("clustering").versions,
    },
    inputs: Object.fromEntries(
      clusterings.map((node, at): [`clusters.${number}`, typeof node] => [`clusters.${at}`, node]),
    ),
  });
}
