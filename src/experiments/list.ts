/** Every experiment that `deno task reproduce` runs. A new one has its own file and a line here. */
import type { Experiment } from "../method/experiment.ts";
import { figure3 } from "./figure3.ts";
import { figure4 } from "./figure4.ts";
import { figure5 } from "./figure5.ts";
import { figure6 } from "./figure6.ts";
import { figure7 } from "./figure7.ts";
import { figure8 } from "./figure8.ts";
import { table4 } from "./table4.ts";
import { table5 } from "./table5.ts";
import { table6 } from "./table6.ts";
import { table7 } from "./table7.ts";
import { table8 } from "./table8.ts";

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
  [table4.name]: table4,
  [figure3.name]: figure3,
  [figure4.name]: figure4,
  [figure5.name]: figure5,
  [figure6.name]: figure6,
  [figure7.name]: figure7,
  [figure8.name]: figure8,
  [table5.name]: table5,
  [table6.name]: table6,
  [table7.name]: table7,
  [table8.name]: table8,
};
