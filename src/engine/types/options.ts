/** What any long call into Python may be given. */

/** How a long call is watched and stopped. It runs on a Python thread; the event loop goes on. */
export interface JobOptions {
  readonly signal?: AbortSignal;
  /** About ten times a second while the call runs. `metrics` are the call's own, e.g. `{ loss }`. */
  readonly onProgress?: (
    done: number,
    total: number,
    metrics: Readonly<Record<string, number>>,
  ) => void;
}

/** Where what is as large as the features is kept while a call works, in files that are gone with it: private
 * memory then stays flat in the number of rows. In memory where it is left out. */
export interface Scratch {
  readonly folder?: string;
}

/** Where and how a long call computes. */
export interface Placement {
  readonly device: string;
  readonly precision: "float32" | "bfloat16";
  readonly threads: number;
}
