/** A teacher that was trained elsewhere and is only loaded: it has no curve and no longer training beside it. */
import type { View } from "../../models/view.ts";
import type { Recipe } from "../arm.ts";
import { type ImportConfig, importNetwork } from "../stages/import_network.ts";

export interface GivenOptions {
  readonly title: string;
  /** Of its weights, a safetensors file. */
  readonly path: string;
  /** Its network, and the SHA-256 of the file. */
  readonly weights: ImportConfig;
  readonly view: View;
}

export function given({ title, path, weights, view }: GivenOptions): Recipe {
  return {
    title,
    about: "the teacher, as it was given",
    role: "teacher",
    task: null,
    build(site) {
      const network = site.place(importNetwork(path), {
        id: "",
        title: `Import ${title}`,
        config: weights,
        inputs: {},
      });
      return { title, place: site.at, network, view, clusterings: [] };
    },
  };
}
