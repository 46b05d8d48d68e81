/** What a finished run leaves for people: files in its folder. */
import { basename, dirname, join } from "node:path";
import { writeFileAtomic } from "../pipeline/files.ts";
import { findForecast, forecastFile, formatForecast } from "../pipeline/forecast.ts";
import { type RunFolder, runPaths } from "../pipeline/store.ts";
import { writeReport } from "../report/write_report.ts";

/** Writes `summary.json` and `report.html` from the finished artifacts, and `plan.json` where a plan was made;
 * returns their names, none where the summary is not among those that were `made`. */
export async function publish(
  run: RunFolder,
  made: ReadonlySet<string>,
): Promise<readonly string[]> {
  if (!made.has("summary")) return [];
  const paths = runPaths(run.dir);
  const summary = await Deno.readFile(await run.artifactFile("summary", "summary.json"));
  await writeFileAtomic(paths.summary, summary);
  const forecast = await findForecast(dirname(run.dir), run.id);
  if (forecast) await writeFileAtomic(join(run.dir, forecastFile), formatForecast(forecast));
  await writeReport(run, paths.report);
  const names = [paths.summary, paths.report].map((path) => basename(path));
  return forecast ? [...names, forecastFile] : names;
}
