/** What training on labels leaves out, so that targets test it on pictures that it has not seen. */
import { UserError } from "../../pipeline/errors.ts";
import type { Collection } from "./collection.ts";
import { picked } from "./part_of.ts";
import type { TargetPlan } from "./target_plan.ts";

export interface HeldOut {
  /** The others. */
  readonly collection: Collection;
  /** Pictures that were left out. */
  readonly left: number;
}

/** Leaves out the pictures that a target validates or tests on: those that are in the same place. Copies elsewhere
 * are counted once there are indexes (`overlap_stage.ts`). Throws a UserError where no picture is left. */
export function withoutHeldOut(collection: Collection, targets: readonly TargetPlan[]): HeldOut {
  const held = new Set(targets.flatMap((target) => [...heldBy(target)]));
  const rows = [...collection.names.keys()].filter((row) => !held.has(placeOf(collection, row)));
  const left = collection.names.length - rows.length;
  if (left === 0) return { collection, left };
  if (rows.length === 0) {
    throw new UserError(
      `Cannot train on ${collection.given}: it needs pictures outside of the validation and test parts of its ` +
        "targets, found none. Give other pictures, or leave the target out.",
    );
  }
  return { collection: picked(collection, rows), left };
}

function* heldBy({ collection, parts }: TargetPlan): Generator<string> {
  for (const [row, part] of parts.entries()) {
    if (part !== "train") yield placeOf(collection, row);
  }
}

/** Where the bytes of a picture are, in one word. */
function placeOf({ pieceOf }: Collection, row: number): string {
  const { file, range, seconds } = pieceOf(row);
  return JSON.stringify([file, range, seconds]);
}
