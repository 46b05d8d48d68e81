/** The results page of an experiment: Markdown with its figures, and every number beside it. */
import { join } from "node:path";
import { UserError } from "../pipeline/errors.ts";
import { writeFileAtomic } from "../pipeline/files.ts";
import type { RunFolder } from "../pipeline/store.ts";
import { drawFigure } from "../report/figures/list.ts";
import { readSummary } from "../report/read_summary.ts";
import { type PageFigure, resultsPage } from "../report/results_page.ts";
import type { Output } from "./output.ts";

/** Makes the folder of a page. Throws a UserError where it cannot be made. */
export async function makePageFolder(folder: string): Promise<void> {
  try {
    await Deno.mkdir(folder, { recursive: true });
  } catch (error) {
    throw new UserError(
      `Cannot make the folder of the page: it needs a place that can be written, found: ${
        (error as Error).message
      }. Another folder is given with --page.`,
      { cause: error },
    );
  }
}

/** Writes `<experiment>.md`, an SVG for each of its figures and `<experiment>.json`, the summary without its
 * training curves and cluster sizes, into `folder`. */
export async function writePage(run: RunFolder, folder: string, output: Output): Promise<void> {
  await makePageFolder(folder);
  const summary = await readSummary(run);
  const { study, series: _, clusterings, ...rest } = summary;
  const figures: PageFigure[] = [];
  for (const request of study.figures) {
    const file = `${request.name}.svg`;
    await writeFileAtomic(join(folder, file), await drawFigure(request, summary));
    figures.push({ file, alt: `${study.title}, as the paper draws it` });
  }
  const numbers = {
    run: run.id,
    ...{ study, ...rest },
    clusterings: clusterings.map(({ sizes: _, sheet: __, ...clustering }) => clustering),
  };
  await writeFileAtomic(
    join(folder, `${study.experiment}.json`),
    `${JSON.stringify(numbers, null, 1)}\n`,
  );
  const page = join(folder, `${study.experiment}.md`);
  const input = { record: run.record, summary, events: await run.events() };
  await writeFileAtomic(page, resultsPage(input, figures));
  output.line(`Page      ${page}`);
}
