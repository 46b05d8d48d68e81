/** What a model card is made of. */
import type { RunEvent } from "../../pipeline/events.ts";
import type { RunRecord } from "../../pipeline/record.ts";
import type { Summary } from "../../results/summary.ts";
import type { Clustering } from "../clusterings.ts";
import type { Exportable } from "../exportable.ts";
import type { Format } from "../formats.ts";
import type { Library } from "../library.ts";
import type { Subject } from "../subject.ts";

export interface CardInput {
  readonly record: RunRecord;
  readonly events: readonly RunEvent[];
  readonly summary: Summary;
  readonly subject: Subject;
  readonly exported: Exportable;
  /** What loads the weights; null where they are not exported. */
  readonly library: Library | null;
  readonly clusterings: readonly Clustering[];
  readonly formats: readonly Format[];
  /** The Hub's name of a licence; null where the user named none. */
  readonly license: string | null;
  /** Of the packages that wrote the files. */
  readonly versions: Readonly<Record<string, string>>;
}
