/** An arm: a network that was never trained, the floor of every table. */
import type { Recipe } from "../../src/method/arm.ts";
import { labels } from "../../src/method/objectives/labels.ts";
import { type Learner, trained } from "../../src/method/training.ts";
import type { World } from "../../src/data/world.ts";

export function untrained(learner: Learner, names: World["labels"][string]): Recipe {
  return {
    title: "Untrained",
    about: "random weights",
    role: "control",
    task: null,
    build(site) {
      const never = { ...learner, epochs: 0 };
      const made = trained(site, "Draw weights", never, labels([names]));
      return { title: "Untrained", ...made, clusterings: [] };
    },
  };
}
