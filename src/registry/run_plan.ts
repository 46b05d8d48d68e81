/** What a run was said to take before it ran, where a plan was made. */
import { type Forecast, forecastSchema } from "../pipeline/forecast.ts";
import type { RunFiles } from "./run_files.ts";
import { UnreadableFile } from "./run_files.ts";

/** From the run's folder once it has it, else from where plans are kept until then; undefined where there is none, or
 * a damaged one, which nothing stands on. `id`: of the run. */
export async function readPlan(
  files: RunFiles,
  run: string,
  id: string,
): Promise<Forecast | undefined> {
  for (const place of [[run, "plan.json"], ["plans", `${id}.json`]]) {
    try {
      const text = await files.text(...place);
      if (text !== undefined) return forecastSchema.parse(JSON.parse(text));
    } catch (error) {
      if (error instanceof UnreadableFile) continue;
      return undefined;
    }
  }
  return undefined;
}
