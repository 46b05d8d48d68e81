/** Which layer of which teacher is clustered. */
import type { MadeArm } from "./arm.ts";

/** Features to be clustered. */
export interface ClusteredLayer {
  readonly teacher: MadeArm;
  readonly layer: string;
}

/** Whose features are clustered, and which.
 *
 * @internal
 */
export interface ClusteredTeachers {
  /** Whose features are clustered. */
  readonly teachers: readonly MadeArm[];
  /** Of every teacher, or of each in their order: the layer whose features are clustered. */
  readonly layer: string | readonly string[];
}

/** The layer of each teacher. Throws where layers are given one by one, and are not as many. */
export function clusteredLayers(
  { teachers, layer }: ClusteredTeachers,
): readonly ClusteredLayer[] {
  const layers = typeof layer === "string" ? teachers.map(() => layer) : layer;
  if (layers.length !== teachers.length) {
    throw new Error(
      `Cannot cluster the features of ${teachers.length} teachers: it needs a layer of each, found ${layers.length}.`,
    );
  }
  return teachers.map((teacher, at) => ({ teacher, layer: layers[at]! }));
}
