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

/** With one of them given. */
type Given<Key extends keyof AskedForm> = AskedForm & Required<Pick<AskedForm, Key>>;

/** What they are asked of. */
interface Rows {
  readonly rows: number;
  readonly names: readonly string[] | undefined;
  readonly settings: ClusteringSettings;
}

/** Rejects with a UserError where options do not fit each other, the rows or their labels. */
export async function clusterForm(asked: AskedForm, of: Rows): Promise<FileForm> {
  const { within, prototypes, guide } = asked;
  if (guide) return await guidedForm({ ...asked, guide }, of);
  if (prototypes !== undefined) return await prototypesForm({ ...asked, prototypes }, of);
  if (within !== undefined) return await perLabelForm({ ...asked, within }, of);
  const count = needCount(asked.k, of.rows);
  checkSettings(count, of.rows, of.settings);
  return { kind: "k-means", k: count };
}

async function guidedForm(
  { k, within, prototypes, guide: { labels, weight } }: Given<"guide">,
  { rows, names, settings }: Rows,
): Promise<FileForm> {
  if (within !== undefined || prototypes !== undefined) {
    throw new UserError(
      `Cannot guide clusters so: it needs k-means of all rows, found ${
        within === undefined ? "--prototypes" : "--within"
      } too. Leave it out.`,
    );
  }
  refuseBeside(settings, "guide");
  checkWeight(weight);
  const count = needCount(k, rows);
  const rowLabels = await readRowLabels(labels, rows, names, { partly: true });
  if (weight === 0) return { kind: "k-means", k: count };
  return { kind: "guided", k: count, weight, rowLabels };
}

async function prototypesForm(
  { k, within, prototypes }: Given<"prototypes">,
  { rows, names, settings }: Rows,
): Promise<FileForm> {
  refuseBeside(settings, "prototypes");
  if (within !== undefined || k !== undefined) {
    throw new UserError(
      `Cannot find prototypes so: it needs labels alone, one cluster for each of them, found ${
        within === undefined ? "--k" : "--within"
      } too. Leave it out.`,
    );
  }
  return { kind: "prototypes", rowLabels: await readRowLabels(prototypes, rows, names) };
}

async function perLabelForm(
  { k, within }: Given<"within">,
  { rows, names, settings }: Rows,
): Promise<FileForm> {
  refuseBeside(settings, "within");
  const count = needCount(k, rows);
  const rowLabels = await readRowLabels(within, rows, names);
  const least = new Set(Array.from(rowLabels.labels)).size;
  if (count >= least) return { kind: "per label", k: count, rowLabels };
  throw new UserError(
    `Cannot cluster per label: it needs ${least} clusters or more, one for each label in ${within}, ` +
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
