/** An arm: a network that was never trained, the floor of every table. */
import { type Learner, type Recipe, rotation, trained } from "clusterfit";

export function untrained(learner: Learner): Recipe {
  return {
    title: "Untrained",
    about: "random weights",
    role: "control",
    task: null,
    build(site) {
      const never = { ...learner, epochs: 0 };
      return {
        title: "Untrained",
        ...trained(site, "Draw weights", never, rotation()),
        clusterings: [],
      };
    },
  };
}
