/** Training curves as a table. */
import { basename, dirname } from "node:path";
import { UserError } from "../pipeline/errors.ts";
import { canonicalJson } from "../pipeline/json.ts";
import type { RunFolder } from "../pipeline/store.ts";
import { FollowedRun } from "../registry/followed_run.ts";
import { RunFiles } from "../registry/run_files.ts";
import { pointKey } from "../results/point.ts";
import { sortPoints } from "../results/select.ts";
import type { Study } from "../results/study.ts";
import type { Series } from "../results/summary.ts";
import type { ColumnValues } from "../tables/table.ts";
import { writeTable } from "../tables/write.ts";

/** A row for each epoch of each network. */
export interface CurveTable {
  readonly columns: Readonly<Record<string, ColumnValues>>;
  readonly rows: number;
  /** What could not be read and is left out. */
  readonly notes: readonly string[];
}

/**
 * Writes the training curves of a run to a table: CSV, TSV, JSON lines or Parquet by the end of its name. A row for each epoch of
 * each network, so far as they are trained: `run`, its folder; `arm`, its id; `at`, the values on the axes as JSON;
 * `seed`; `epoch`, from 1; `loss`; `accuracy` on the training task, percent, nothing where the task has none;
 * `learningRate`. By arm, point, seed and epoch; the same curves give the same bytes.
 *
 * Rejects with a UserError where the run cannot be read, or the name is no table's.
 *
 * @example For a notebook
 * ```ts
 * import { openRun, writeCurves } from "clusterfit";
 *
 * await writeCurves(await openRun("runs/mine"), "curves.jsonl");
 * const [first] = (await Deno.readTextFile("curves.jsonl")).split("\n");
 * console.log(JSON.parse(first!).epoch); // 1
 * ```
 */
export async function writeCurves(run: RunFolder, path: string): Promise<void> {
  await writeTable(path, (await readCurves(run)).columns);
}

/** Rejects with a UserError where the run cannot be read. */
export async function readCurves({ dir }: RunFolder): Promise<CurveTable> {
  const place = await Deno.realPath(dir); // a link to the folder was named on purpose
  const files = new RunFiles(dirname(place));
  const snapshot = await new FollowedRun(files, basename(place)).snapshot();
  if (!snapshot?.record) {
    throw new UserError(
      `Cannot read the curves of ${dir}: it needs the folder of a run, found that ` +
        `${snapshot?.message ?? "it is none any more"}. Name another.`,
    );
  }
  const { name, curves, notes, study } = snapshot;
  const columns = columnsOf(name, inOrder(curves, study));
  return { columns, rows: columns.epoch.length, notes };
}

/** By arm and point in the order of the study, then by seed. */
function inOrder(curves: readonly Series[], study: Study | undefined): Series[] {
  const arms = study?.arms.map(({ id }) => id) ?? [];
  const points = sortPoints(curves.map(({ at }) => at), study?.axes ?? []).map(pointKey);
  const place = ({ arm, at }: Series) => [arms.indexOf(arm), points.indexOf(pointKey(at))] as const;
  return curves.toSorted((a, b) => {
    const [[armOfA, pointOfA], [armOfB, pointOfB]] = [place(a), place(b)];
    return armOfA - armOfB || pointOfA - pointOfB || a.seed - b.seed;
  });
}

function columnsOf(run: string, curves: readonly Series[]) {
  const rows = curves.flatMap(({ points, ...whose }) =>
    points.map((point) => ({ ...whose, ...point }))
  );
  return {
    run: rows.map(() => run),
    arm: rows.map(({ arm }) => arm),
    at: rows.map(({ at }) => canonicalJson(at)),
    // Seeds go up to 2^32.
    seed: Float64Array.from(rows, ({ seed }) => seed),
    epoch: Int32Array.from(rows, ({ epoch }) => epoch),
    loss: Float64Array.from(rows, ({ loss }) => loss),
    accuracy: Float64Array.from(rows, ({ accuracy }) => accuracy ?? NaN),
    learningRate: Float64Array.from(rows, ({ learningRate }) => learningRate),
  };
}
