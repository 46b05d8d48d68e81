/** Pretext tasks, which tell what was done to an image and not what is in it, and what they rule out (paper,
 * section 4.2 and supplement D). */
import { UserError } from "../../pipeline/errors.ts";

/** A network that may have been trained on a pretext task alone. */
interface MaybePretext {
  /** Whether it tells what was done to an image: RotNet, Jigsaw. */
  readonly pretext: boolean;
}

/** Heads of networks that were trained on such a task. */
const pretextHeads: readonly string[] = ["rotation", "jigsaw"];

/** Whether a network with these heads tells what was done to an image. */
export function hasPretextHead(heads: Readonly<Record<string, number>>): boolean {
  return pretextHeads.some((head) => head in heads);
}

/** Throws a UserError where the answers of this teacher say nothing of an image as it is. */
export function checkDistillable({ pretext }: MaybePretext): void {
  if (!pretext) return;
  throw new UserError(
    "Cannot distil this teacher: it needs one whose answers are about what is in an image, found one of a pretext " +
      "task (RotNet, Jigsaw). What it answers depends on how an image was turned or cut, and of an image as it is " +
      "it says that nothing was done to it: no distribution that could be learnt (paper, supplement D). Leave " +
      "distillation out, or take a teacher that was trained on labels.",
  );
}

/** Throws a UserError where there are no labels of images that this teacher learned from. */
export function checkPrototypical({ pretext }: MaybePretext): void {
  if (!pretext) return;
  throw new UserError(
    "Cannot make prototypes of this teacher: it needs one that was trained on labels of images, found one of a " +
      "pretext task (RotNet, Jigsaw), which uses no semantic labels: without them no class has a mean (paper, " +
      "section 4.2 and supplement A). Leave the prototype baseline out, or take a teacher that was trained on labels.",
  );
}
