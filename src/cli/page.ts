/** The results pages of experiments: Markdown with figures, and every number beside it. In the folder that `--page`
 * names, `REPRODUCTION.md` tells of all of them and `reproduction/` holds what each has:
 *
 *     <name>.json         its scores, and where they came from
 *     <name>.md, *.svg    its page and figures, drawn from that
 *     <name>.reading.md   what its author makes of it: written by hand, shown on the page
 */
import { join } from "node:path";
import type { Experiment } from "../method/experiment.ts";
import { UserError } from "../pipeline/errors.ts";
import { readTextIfThere, writeFileAtomic } from "../pipeline/files.ts";
import type { RunFolder } from "../pipeline/store.ts";
import { drawFigure } from "../report/figures/list.ts";
import { readSummary } from "../report/read_summary.ts";
import {
  formatReproduction,
  readReproduction,
  type Reproduction,
  reproductionOf,
} from "../report/reproduction.ts";
import { type PageEntry, reproductionsPage } from "../report/reproductions_page.ts";
import { resultsPage } from "../report/results_page.ts";
import type { Output } from "./output.ts";

/** Where the files of the experiments are, below the folder of the page. */
const inside = "reproduction";

/** Makes the folder of a page. Throws a UserError where it cannot be made. */
export async function makePageFolder(folder: string): Promise<void> {
  try {
    await Deno.mkdir(join(folder, inside), { recursive: true });
  } catch (error) {
    throw new UserError(
      `Cannot make the folder of the page: it needs a place that can be written, found: ${
        (error as Error).message
      }. Another folder is given with --page.`,
      { cause: error },
    );
  }
}

/** What the page has of an experiment; undefined where it was not run. */
export function keptOnPage(folder: string, name: string): Promise<Reproduction | undefined> {
  return readReproduction(join(folder, inside, `${name}.json`));
}

/** Keeps the numbers of a finished run under `key` (`experimentKey`). */
export async function keepOnPage(folder: string, run: RunFolder, key: string): Promise<void> {
  const summary = await readSummary(run);
  const kept = reproductionOf({ record: run.record, summary, events: await run.events() }, key);
  const path = join(folder, inside, `${summary.study.experiment}.json`);
  await writeFileAtomic(path, formatReproduction(kept));
}

/** Draws all that is kept in a folder: each experiment's page, and the one that tells of all. */
export async function drawPages(
  folder: string,
  experiments: readonly Pick<Experiment, "name" | "about">[],
  output: Output,
): Promise<void> {
  const entries: PageEntry[] = [];
  const missing: [string, string][] = [];
  for (const { name, about } of experiments) {
    const reproduction = await keptOnPage(folder, name);
    if (reproduction) entries.push(await drawPage(folder, name, reproduction));
    else missing.push([name, about]);
  }
  const page = join(folder, "REPRODUCTION.md");
  await writeFileAtomic(page, reproductionsPage(entries, missing));
  output.line(`Page      ${page}`);
}

async function drawPage(
  folder: string,
  name: string,
  reproduction: Reproduction,
): Promise<PageEntry> {
  const { summary } = reproduction;
  const { title, figures } = summary.study;
  const path = (file: string) => join(folder, inside, file);
  const drawn: string[] = [];
  for (const request of figures) {
    const file = `${request.name}.svg`;
    await writeFileAtomic(path(file), await drawFigure(request, summary));
    drawn.push(file);
  }
  const pictures = drawn.map((file) => ({ file, alt: `${title}, as the paper draws it` }));
  const reading = await readTextIfThere(path(`${name}.reading.md`));
  await writeFileAtomic(path(`${name}.md`), resultsPage(reproduction, pictures, reading));
  return {
    reproduction,
    page: `${inside}/${name}.md`,
    figures: drawn.map((file) => `${inside}/${file}`),
  };
}
