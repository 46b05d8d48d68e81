/** The script of a page of clusters, in a browser where there is one. */
import { expect } from "expect";
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";
import { renderClustersPage } from "../../../src/report/clusters_page/page.ts";
import { madeUpPage } from "./made_up_page.ts";

const executablePath = ["/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) => {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
});

const ids = (page: Page) =>
  page.evaluate(() =>
    // deno-lint-ignore no-explicit-any
    [...(globalThis as any).document.querySelectorAll("#list article")].map(({ dataset }) =>
      Number(dataset.id)
    )
  );

Deno.test({
  name: "clusters are found, sorted, paged and linked to",
  ignore: executablePath === undefined,
  // Playwright's pipes outlive a closed browser for a moment.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const folder = await Deno.makeTempDir();
    const browser = await chromium.launch({
      executablePath: executablePath!,
      args: ["--no-sandbox"],
    });
    try {
      const file = join(folder, "clusters.html");
      await Deno.writeTextFile(file, await renderClustersPage(madeUpPage(100)));
      const page = await browser.newPage();
      const problems: string[] = [];
      page.on("console", (message) => problems.push(message.text()));
      page.on("pageerror", (error) => problems.push(error.message));
      await page.goto(`file://${file}`);
      const told = () => page.textContent("#told");

      expect(await ids(page)).toEqual(Array.from({ length: 40 }, (_, at) => 99 - at));
      expect(await told()).toBe("100 clusters, page 1 of 3");
      await page.click("#next");
      expect((await ids(page))[0]).toBe(59);
      await page.selectOption("select", "tight");
      expect((await ids(page))[0]).toBe(0);
      expect(await told()).toBe("100 clusters, page 1 of 3");
      await page.fill("input", "bird 7");
      expect(await told()).toBe("14 clusters");
      expect(await page.isDisabled("#next")).toBe(true);
      await page.fill("input", "FAR-42.jpg");
      expect(await ids(page)).toEqual([42]);
      await page.click('a[href="#cluster-0"]');
      await page.waitForFunction(() =>
        // deno-lint-ignore no-explicit-any
        (globalThis as any).document.activeElement?.id === "cluster-0"
      );
      expect(await told()).toBe("100 clusters, page 1 of 3");
      expect(problems).toEqual([]);
    } finally {
      await browser.close();
      await Deno.remove(folder, { recursive: true });
    }
  },
});
