/** Every experiment that `deno task reproduce` runs. A new one has its own file and a line here. */
import type { Experiment } from "../method/experiment.ts";
import { figure3 } from "./figure3.ts";

/**
 * Name -> experiment, as `deno task reproduce` takes it.
 *
 * @example What there is
 * ```ts
 * import { reproductions } from "clusterfit";
 *
 * for (const [name, { about }] of Object.entries(reproductions)) console.log(name, about);
 * ```
 */
export const reproductions: Readonly<Record<string, Experiment>> = {
  [figure3.name]: figure3,
};
