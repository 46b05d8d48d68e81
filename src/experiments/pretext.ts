/** Teachers without labels: those of a pretext task (paper, section 4.2). */
import type { PretrainedOptions } from "../method/arms/npre.ts";
import { jigsaw, smallJigsaw } from "../method/objectives/jigsaw.ts";
import { rotation } from "../method/objectives/rotation.ts";
import type { Learner } from "../method/training.ts";

/** What the paper calls them. */
export const pretexts = ["RotNet", "Jigsaw"] as const;
export type Pretext = (typeof pretexts)[number];

/** What makes each of small images. */
export const pretextTeachers: Readonly<Record<Pretext, (learner: Learner) => PretrainedOptions>> = {
  RotNet: (learner) => ({
    ...learner,
    ...{ kind: "RotNet", task: "rotations", objective: rotation },
  }),
  Jigsaw: (learner) => ({
    ...learner,
    view: { ...learner.view, size: smallJigsaw.size },
    ...{ kind: "Jigsaw", task: "puzzles", objective: () => jigsaw(smallJigsaw) },
  }),
};
