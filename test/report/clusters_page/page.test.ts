import { expect } from "expect";
import { createHash } from "node:crypto";
import { renderClustersPage } from "../../../src/report/clusters_page/page.ts";
import { madeUpPage } from "./made_up_page.ts";

const page = await renderClustersPage(madeUpPage(3));

Deno.test("a page of clusters asks nobody for anything, and lets only its own script and style work", () => {
  expect(page).not.toMatch(/(?:src|href)="(?!data:|#)/);
  expect(page).not.toMatch(/style="/);
  const hash = (text: string | undefined) =>
    `'sha256-${createHash("sha256").update(text!).digest("base64")}'`;
  const policy = page.match(/Content-Security-Policy" content="([^"]+)"/)?.[1]
    ?.replaceAll("&#39;", "'");
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain(`style-src ${hash(page.match(/<style>([^]*?)<\/style>/)?.[1])}`);
  expect(policy).toContain(`script-src ${hash(page.match(/<script>([^]*?)<\/script>/)?.[1])}`);
});

Deno.test("names of pictures are text, whatever is in them", () => {
  expect(page).toContain('alt="&lt;b&gt; &quot;0&quot;.jpg"');
  expect(page).not.toContain("<b>");
});

Deno.test("a cluster says how large it is, and links to those that its pictures are nearly in", () => {
  const cluster = page.match(/<article[^>]*id="cluster-2"[^]*?<\/article>/)?.[0];
  expect(cluster).toMatch(/Cluster 2 <small>12 pictures · mean distance 0.300 · leaf<\/small>/);
  expect(cluster).toContain('<a href="#cluster-0">0</a>');
});

Deno.test("a page says when it shows a part of the clusters, and when there are no near-duplicates", async () => {
  expect(page).not.toContain("Shown are");
  expect(page).toContain("5 pictures have one.");
  const part = await renderClustersPage({
    ...madeUpPage(3),
    ...{ count: 1200, doubles: { within: 0.01, pictures: 0, groups: [] } },
  });
  expect(part).toContain("Shown are 3 of 1,200");
  expect(part).toContain("None were found.");
});
