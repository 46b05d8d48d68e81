/** A teacher that was trained elsewhere and is only loaded: it has no curve and no longer training beside it. */
import { readsClips } from "../../models/architectures.ts";
import type { NetworkFile } from "../../models/network_file.ts";
import type { View } from "../../models/view.ts";
import { importNetwork } from "../stages/import_network.ts";
import { hasPretextHead } from "../objectives/pretext.ts";
import type { Recipe } from "../arm.ts";

/** What makes a given arm. */
export interface GivenOptions {
  /** As tables and figures call it. */
  readonly title: string;
  /** Its weights, and what they are. */
  readonly file: NetworkFile;
  /** How it reads videos, if it does; the paper's 6 clips of 32 frames unless given. */
  readonly clips?: Pick<View, "clips" | "frames">;
}

/**
 * An arm that is loaded, not trained.
 *
 * @example A teacher from a file
 * ```ts
 * import { given, type NetworkFile } from "clusterfit";
 *
 * const teacher = (file: NetworkFile) => given({ title: "My teacher", file });
 * console.log(teacher({ title: "mine" } as NetworkFile).about); // the teacher, as it was given: mine
 * ```
 */
export function given({ title, file, clips = { clips: 6, frames: 32 } }: GivenOptions): Recipe {
  const { backbone, sha256, heads, size, preprocessing } = file;
  return {
    title,
    about: `the teacher, as it was given: ${file.title}`,
    role: "teacher",
    task: null,
    build(site) {
      const network = site.place(importNetwork(file), {
        id: "",
        title: `Import ${file.title}`,
        config: { ...backbone, sha256, heads, versions: site.library(backbone.arch) },
        inputs: {},
      });
      return {
        ...{ title, place: site.at, network, clusterings: [] },
        view: {
          size,
          clips: 1,
          frames: null,
          ...(readsClips(backbone.arch) && clips),
          preprocessing,
        },
        layers: Object.keys(file.layers),
        pretext: hasPretextHead(heads),
      };
    },
  };
}
