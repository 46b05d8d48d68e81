/** Writes the page on which people look at the clusters. */
import { join } from "node:path";
import { commonNames, wordsOfAll } from "../../data/common_names.ts";
import { labelsFile } from "../../data/labels.ts";
import type { Engine } from "../../engine/engine.ts";
import { openSource } from "../../method/source.ts";
import { featuresFile } from "../../method/stages/extract.ts";
import { evenlyBySize } from "../../method/stages/sheet.ts";
import { writeFileAtomic } from "../../pipeline/files.ts";
import type { ClustersPage, Picture, ShownCluster } from "../../report/clusters_page/input.ts";
import { renderClustersPage } from "../../report/clusters_page/page.ts";
import type { Memberships } from "../cluster_files.ts";
import type { Clustering } from "../clusterings.ts";
import {
  chooseClusters,
  chooseOutliers,
  type ChosenCluster,
  closeness,
  groupPairs,
  shownOf,
} from "./choose.ts";
import { type Thumbnails, thumbnailsOf } from "./thumbnails.ts";

/** Bytes that the pictures of clusters may take in the page. */
const budget = 7.5e6;
/** Pictures from whose size it is told how many fit. */
const tried = 64;

export interface PageOptions {
  readonly run: string;
  readonly clustering: Clustering;
  readonly memberships: Memberships;
  readonly facts: ClustersPage["facts"];
  readonly threads: number;
}

/** Writes `clusters.html` into `dir`. Rejects with an EngineError where a picture cannot be read any more. */
export async function writeClustersPage(
  engine: Engine,
  dir: string,
  { run, clustering, memberships, facts, threads }: PageOptions,
): Promise<void> {
  const { dataset, images } = clustering;
  using rows = await openSource(engine, images);
  const thumbnails = thumbnailsOf(engine, rows.source, dataset);
  const all = chooseClusters(memberships);
  const chosen = evenlyBySize(all, await affordable(all, thumbnails));
  const outliers = chooseOutliers(memberships);
  const within = closeness(memberships);
  const groups = groupPairs(await closePairs(engine, clustering, memberships, within, threads));
  const shownGroups = groups.slice(0, shownOf.groups);

  const wanted = new Set([
    ...chosen.flatMap(rowsShown),
    ...outliers,
    ...shownGroups.flatMap((group) => group.slice(0, shownOf.group)),
  ]);
  const order = [...wanted];
  const encoded = await thumbnails.read(order);
  const image = new Map(order.map((row, at) => [row, encoded[at]!]));
  const picture = (row: number): Picture => ({
    name: dataset.sources[row]!,
    image: image.get(row)!,
    distance: memberships.own[row]!,
  });
  const cluster = (row: number) => memberships.labels[row]!;
  const names = { sources: dataset.sources, said: wordsOfAll(dataset.sources) };
  const page: ClustersPage = {
    ...{ run, facts, title: dataset.title, count: all.length },
    clusters: chosen.map((one) => shownCluster(one, picture, memberships, names)),
    outliers: outliers.map((row) => ({ ...picture(row), cluster: cluster(row) })),
    doubles: {
      within,
      pictures: groups.flat().length,
      groups: shownGroups.map((group) => ({
        cluster: cluster(group[0]!),
        size: group.length,
        pictures: group.slice(0, shownOf.group).map(picture),
      })),
    },
    pixelated: thumbnails.pixelated,
  };
  await writeFileAtomic(join(dir, "clusters.html"), await renderClustersPage(page));
}

function rowsShown({ typical, borderline, farthest }: ChosenCluster): number[] {
  return [...typical, ...borderline, ...farthest];
}

/** How many clusters fit into the page, as far as the size of some pictures tells. */
async function affordable(
  clusters: readonly ChosenCluster[],
  thumbnails: Thumbnails,
): Promise<number> {
  const sample = evenlyBySize(clusters, tried).map(({ typical }) => typical[0]!);
  const bytes = (await thumbnails.read(sample)).reduce((sum, image) => sum + image.length, 0);
  const pictures = budget / (bytes / sample.length);
  const each = clusters.flatMap(rowsShown).length / clusters.length;
  return Math.max(1, Math.floor(pictures / each));
}

function shownCluster(
  chosen: ChosenCluster,
  picture: (row: number) => Picture,
  { own, second }: Memberships,
  { sources, said }: { sources: readonly string[]; said: ReadonlySet<string> },
): ShownCluster {
  const { id, members, typical, borderline, farthest } = chosen;
  return {
    id,
    size: members.length,
    spread: members.reduce((sum, row) => sum + own[row]!, 0) / members.length,
    words: commonNames(members.map((row) => sources[row]!), said),
    typical: typical.map(picture),
    borderline: borderline.map((row) => ({ ...picture(row), other: second[row]! })),
    farthest: farthest.map(picture),
  };
}

async function closePairs(
  engine: Pick<Engine, "tensors" | "memberships">,
  { features, labels, normalise }: Clustering,
  memberships: Memberships,
  within: number,
  threads: number,
) {
  using rows = await engine.tensors.load(features.file(featuresFile));
  using ids = await engine.tensors.load(labels.file(labelsFile));
  return await engine.memberships.closePairs(
    rows.get("features"),
    ids.get("labels"),
    memberships,
    { within, normalise, threads },
  );
}
