/** A page of clusters without a run. */
import type { ClustersPage } from "../../../src/report/clusters_page/input.ts";

const image = "data:image/webp;base64,UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==";

/** So many clusters: cluster n has n + 10 pictures and a mean distance of 0.1 (n + 1). */
export function madeUpPage(clusters: number): ClustersPage {
  const picture = (name: string) => ({ name, image, distance: 0.25 });
  const shown = Array.from({ length: clusters }, (_, id) => ({
    ...{ id, size: id + 10, spread: 0.1 * (id + 1), words: [id % 2 === 0 ? "leaf" : "bird"] },
    typical: [picture(`<b> "${id}".jpg`)],
    borderline: [{ ...picture(`border-${id}.jpg`), other: 0 }],
    farthest: [picture(`far-${id}.jpg`)],
  }));
  return {
    ...{ run: "made", title: "Photos", facts: [["K", clusters]], count: clusters, pixelated: true },
    clusters: shown.toReversed(),
    outliers: [{ ...picture("odd.jpg"), cluster: 1 }],
    doubles: {
      ...{ within: 0.01, pictures: 5 },
      groups: [{ cluster: 1, size: 5, pictures: [picture("a.jpg"), picture("b.jpg")] }],
    },
  };
}
