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
import { type PageFigure, resultsPage } from "../report/results_page.ts";
import type { FigureRequest } from "../results/figure.ts";
import { listed } from "../results/words.ts";
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

/** Where the numbers of an experiment are kept. */
export function numbersFile(folder: string, name: string): string {
  return join(folder, inside, `${name}.json`);
}

/** What the page has of an experiment; undefined where it was not run. */
export function keptOnPage(folder: string, name: string): Promise<Reproduction | undefined> {
  return readReproduction(numbersFile(folder, name));
}

/** Keeps the numbers of a finished run under `key` (`experimentKey`). */
export async function keepOnPage(folder: string, run: RunFolder, key: string): Promise<void> {
  const summary = await readSummary(run);
  const kept = reproductionOf({ record: run.record, summary, events: await run.events() }, key);
  await writeFileAtomic(numbersFile(folder, summary.study.experiment), formatReproduction(kept));
}

/** Draws all that is kept in a folder: each experiment's page, and the one that tells of all. First those of the list,
 * then, by name, those of files of one's own. */
export async function drawPages(
  folder: string,
  experiments: readonly Pick<Experiment, "name" | "about">[],
  output: Output,
): Promise<void> {
  const ofPaper: PageEntry[] = [];
  const missing: [string, string][] = [];
  for (const { name, about } of experiments) {
    const reproduction = await keptOnPage(folder, name);
    if (reproduction) ofPaper.push(await drawPage(folder, name, reproduction));
    else missing.push([name, about]);
  }
  const own: PageEntry[] = [];
  const known = new Set(experiments.map(({ name }) => name));
  for (const name of await namesKept(folder)) {
    if (known.has(name)) continue;
    own.push(await drawPage(folder, name, (await keptOnPage(folder, name))!));
  }
  const page = join(folder, "REPRODUCTION.md");
  await writeFileAtomic(page, reproductionsPage(ofPaper, missing, own));
  output.line(`Page      ${page}`);
}

async function namesKept(folder: string): Promise<string[]> {
  const files = await Array.fromAsync(Deno.readDir(join(folder, inside)), ({ name }) => name);
  return files.flatMap((file) => /^(.+)\.json$/.exec(file)?.slice(1) ?? []).sort();
}

async function drawPage(
  folder: string,
  name: string,
  reproduction: Reproduction,
): Promise<PageEntry> {
  const { summary } = reproduction;
  const { title, figures } = summary.study;
  const path = (file: string) => join(folder, inside, file);
  const pictures: PageFigure[] = [];
  for (const request of figures) {
    const file = figureFile(name, request);
    await writeFileAtomic(path(file), await drawFigure(request, summary));
    const drawn = request.name === name
      ? "as the paper draws it"
      : `along ${listed(Object.values(request.axes))}`;
    pictures.push({ file, alt: `${title}, ${drawn}` });
  }
  const reading = await readTextIfThere(path(`${name}.reading.md`));
  await writeFileAtomic(path(`${name}.md`), resultsPage(reproduction, pictures, reading));
  return {
    reproduction,
    page: `${inside}/${name}.md`,
    figures: pictures.map(({ file }) => `${inside}/${file}`),
  };
}

/** A figure of the experiment's own name is the only one of it; others are told apart by what they are drawn along. */
function figureFile(experiment: string, { name, axes }: FigureRequest): string {
  const parts = name === experiment ? [name] : [experiment, name, ...Object.values(axes)];
  return `${parts.join("-")}.svg`;
}
