/** What a reader has to know of targets whose test pictures a network was trained on. */
import { count } from "../results/count.ts";
import type { Study } from "../results/study.ts";
import type { MeasuredTarget, Summary } from "../results/summary.ts";

type Counted = Pick<MeasuredTarget, "title" | "test"> & { readonly seen: number };

/** A sentence for each target of which there are some. */
export function overlapNotes({ study, targets }: Pick<Summary, "study" | "targets">): string[] {
  return targets.flatMap((target) =>
    target.seen ? [overlapText({ ...target, seen: target.seen }, study)] : []
  );
}

/** `Plants: 12 of the 80 test pictures were trained on, without their labels.` */
export function overlapText({ title, test, seen }: Counted, { arms }: Pick<Study, "arms">): string {
  const tested = count(test, "test picture");
  if (seen === 0) return `${title}: none of the ${tested} was trained on.`;
  const labelled = arms.some(({ task }) => task === "labels");
  return `${title}: ${seen.toLocaleString("en")} of the ${tested} ${
    seen === 1 ? "was" : "were"
  } trained on, ${
    labelled ? "with labels: scores on them say little of other pictures" : "without their labels"
  }.`;
}
