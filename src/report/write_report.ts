/** The report of a finished run, in a file. */
import { writeFileAtomic } from "../pipeline/files.ts";
import type { RunFolder } from "../pipeline/store.ts";
import { readReportInput } from "./input.ts";
import { renderReport } from "./report.ts";

/**
 * Writes the report of a finished run, one HTML file, as this version draws it. Nothing is computed: every number is
 * read from the artifacts of the run, which are checked.
 *
 * @example In a file to send around
 * ```ts
 * import { openRun, writeReport } from "clusterfit";
 *
 * await writeReport(await openRun("runs/mine"), "report.html");
 * console.log((await Deno.readTextFile("report.html")).startsWith("<!DOCTYPE html>")); // true
 * ```
 */
export async function writeReport(run: RunFolder, path: string): Promise<void> {
  await writeFileAtomic(path, await renderReport(await readReportInput(run)));
}
