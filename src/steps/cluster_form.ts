/** Which form of clustering is asked for: k-means of all rows, guided by labels, within each label, or prototypes of
 * labels. */
import type { ClusteringSettings } from "../method/clustering_settings.ts";
import { capOf, checkRoom } from "../method/cluster_cap.ts";
import { checkClusterCount, type FileForm } from "../method/cluster_file.ts";
import { UserError } from "../pipeline/errors.ts";
import { readRowLabels } from "./row_labels.ts";

/** What says it: a number of clusters, tables with labels. */
interface AskedForm {
  readonly k?: number;
  readonly within?: string;
  readonly prototypes?: string;
  readonly guide?: { readonly labels: string; readonly weight: number };
}

/** Rejects with a UserError where options do not fit each other, the rows or their labels. */
export async function clusterForm(
  { k, within, prototypes, guide }: AskedForm,
  { rows, names, settings }: {
    readonly rows: number;
    readonly names: readonly string[] | undefined;
    readonly settings: ClusteringSettings;
  },
): Promise<FileForm> {
  const given = prototypes ?? within;
  if (guide && given === undefined) {
    refuseBeside(settings, "guide");
    const { labels, weight } = guide;
    checkWeight(weight);
    const count = needCount(k, rows);
    const rowLabels = await readRowLabels(labels, rows, names, { partly: true });
    if (weight === 0) return { kind: "k-means", k: count };
    return { kind: "guided", k: count, weight, rowLabels };
  }
  if (guide) {
    throw new UserError(
      `Cannot guide clusters so: it needs k-means of all rows, found ${
        within === undefined ? "--prototypes" : "--within"
      } too. Leave it out.`,
    );
  }
  if (given === undefined) {
    const count = needCount(k, rows);
    checkSettings(count, rows, settings);
    return { kind: "k-means", k: count };
  }
  refuseBeside(settings, prototypes === undefined ? "within" : "prototypes");
  if (prototypes !== undefined) {
    if (within !== undefined || k !== undefined) {
      throw new UserError(
        `Cannot find prototypes so: it needs labels alone, one cluster for each of them, found ${
          within === undefined ? "--k" : "--within"
        } too. Leave it out.`,
      );
    }
    return { kind: "prototypes", rowLabels: await readRowLabels(given, rows, names) };
  }
  const count = needCount(k, rows);
  const rowLabels = await readRowLabels(given, rows, names);
  const least = new Set(Array.from(rowLabels.labels)).size;
  if (count >= least) return { kind: "per label", k: count, rowLabels };
  throw new UserError(
    `Cannot cluster per label: it needs ${least} clusters or more, one for each label in ${given}, ` +
      `found ${count}. Give a larger --k.`,
  );
}

function needCount(k: number | undefined, rows: number): number {
  if (k === undefined) {
    throw new UserError(
      "Cannot cluster: it needs the number of clusters, found none. Give --k, or --prototypes.",
    );
  }
  checkClusterCount(k, rows);
  return k;
}

function checkWeight(weight: number): void {
  if (weight >= 0 && Number.isFinite(weight)) return;
  throw new UserError(
    `Cannot guide clusters: it needs a weight of 0 or more, found ${weight}. Give another --guide-weight.`,
  );
}

/** Labels take plain k-means, or none. */
function refuseBeside({ subsample, maxSize, balance }: ClusteringSettings, form: string): void {
  const options = { "--subsample": subsample, "--max-size": maxSize, "--balance": balance };
  const [extra] = Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : name
  );
  if (extra === undefined) return;
  throw new UserError(
    `Cannot cluster by labels so: it needs --${form} alone, found ${extra} too. Leave it out.`,
  );
}

/** Throws a UserError where the rows of a file cannot be clustered so. */
function checkSettings(k: number, rows: number, settings: ClusteringSettings): void {
  const { subsample } = settings;
  if (subsample && (subsample.rows < k || subsample.rows > rows)) {
    throw new UserError(
      `Cannot cluster in two phases: it needs a subsample of ${k} to ${rows} rows, found ${subsample.rows}. ` +
        "Give another number with --subsample.",
    );
  }
  const most = capOf({ ...settings, k }, rows);
  if (most !== undefined) checkRoom(k, most, rows);
}
