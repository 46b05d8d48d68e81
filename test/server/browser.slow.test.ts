/** The pages in a real browser, where there is one, beside a real run. With SCREENSHOTS=docs the pictures of the README
 * are taken on the way. */
import { expect } from "expect";
import { join } from "node:path";
import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { serve } from "../../src/server/serve.ts";
import { small, start } from "../e2e/command.ts";
import { hangSeconds } from "../until.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const executablePath = ["/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) => {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
});

const timeout = hangSeconds * 1000;
const pictures = Deno.env.get("SCREENSHOTS");

const desktop = { width: 1180, height: 860 };
/** Of a picture. */
const highest = 1180;
const phone = { width: 390, height: 844 };

/** What a page is looked at with. */
const looks = [
  { name: "light", viewport: desktop, colorScheme: "light" },
  { name: "dark", viewport: desktop, colorScheme: "dark" },
  { name: "on a phone", viewport: phone, colorScheme: "light" },
] as const;

/** The page at an address, as everyone has to be able to read it. */
async function checkPage(browser: Browser, url: string): Promise<void> {
  for (const { name, viewport, colorScheme } of looks) {
    const page = await browser.newPage({ viewport, colorScheme });
    await page.goto(url);
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate("axe.run()") as axe.AxeResults;
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`);
    expect([url, name, ...found]).toEqual([url, name]);
    const beyond = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
    expect([url, name, beyond]).toEqual([url, name, 0]);
    await page.close();
  }
}

async function picture(page: Page, name: string): Promise<void> {
  if (!pictures) return;
  const height = await page.evaluate("document.body.scrollHeight") as number;
  await page.setViewportSize({ width: desktop.width, height: Math.min(height, highest) });
  await page.screenshot({ path: join(pictures, `${name}.png`) });
  await page.setViewportSize(desktop);
}

/** Epochs that the curves of the page have. */
function epochs(): number {
  // deno-lint-ignore no-explicit-any
  const { document } = globalThis as any;
  const told = [...document.querySelectorAll("#training desc")].map(({ textContent }) =>
    textContent
  );
  return Math.max(0, ...told.join(" ").match(/(?<=after epoch )\d+/g)?.map(Number) ?? []);
}

/** Waits for more of them than `before`. */
async function moreEpochs(page: Page, before: number): Promise<number> {
  for (;;) {
    const now = await page.evaluate(epochs);
    if (now > before) return now;
    await page.waitForTimeout(100);
  }
}

Deno.test({
  name: "a run is found, watched as it goes, followed to its report and its clusters, and compared",
  ignore: executablePath === undefined,
  // Playwright's pipes outlive a closed browser for a moment.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    await using folder = await temporaryFolder();
    const stopping = new AbortController();
    const { promise: listening, resolve } = Promise.withResolvers<string>();
    const serving = serve({
      ...{ out: folder.path, port: 0, signal: stopping.signal },
      onListen: (url) => resolve(url.replace(/\/$/, "")),
    });
    const base = await listening;
    const browser = await chromium.launch({
      executablePath: executablePath!,
      args: ["--no-sandbox"],
    });
    const command = (...args: string[]) => start([...small, "--out", folder.path, ...args]);
    const children: Deno.ChildProcess[] = [];
    const problems: string[] = [];
    try {
      const page = await browser.newPage({ viewport: desktop });
      page.setDefaultTimeout(timeout);
      page.on("console", (message) => problems.push(message.text()));
      page.on("pageerror", (error) => problems.push(error.message));
      let loads = 0;
      page.on("load", () => loads++);

      // A list that nobody reloads shows the run once it began.
      await page.goto(base);
      expect(await page.textContent("main")).toContain("No run yet");
      const long = command("--epochs", "30", "--k", "20");
      children.push(long);
      await page.waitForSelector("td.state-running");
      expect(loads).toBe(1);
      await page.click("#list tbody a");
      await page.waitForSelector("#figures");
      loads = 0;

      // The curve grows, and what the reader holds stays.
      await page.click("#config summary");
      await page.focus("#config summary");
      let seen = 0;
      for (let grown = 0; grown < 3; grown++) seen = await moreEpochs(page, seen);
      expect(loads).toBe(0);
      expect(await page.getAttribute("#config", "open")).toBe("");
      expect(await page.evaluate("document.activeElement.closest('details').id")).toBe("config");
      expect(await page.textContent("#figures")).toMatch(
        /Time at work.*Throughput.*Memory/s,
      );
      await page.evaluate("scrollTo(0, 0)");
      await picture(page, "run");
      await checkPage(browser, page.url());

      // It ends, which the page says by itself; from there to the report and the clusters.
      await page.waitForSelector("#state .state-finished");
      expect(loads).toBe(0);
      await page.click("text=Open the report");
      await page.waitForSelector("h1");
      expect(page.url()).toMatch(/\/report$/);
      await page.goBack();
      await page.click("text=Look at the clusters");
      await page.waitForSelector(".sheet figure");
      const sheet = await page.getAttribute("image", "href");
      const { status, headers } = await fetch(`${base}${sheet}`).then(async (answer) => {
        await answer.body?.cancel();
        return answer;
      });
      expect([status, headers.get("content-type")]).toEqual([200, "image/png"]);
      await checkPage(browser, page.url());
      expect((await long.output()).code).toBe(0);

      // Another one beside it, by the keyboard alone.
      const other = command("--epochs", "30", "--k", "10");
      children.push(other);
      expect((await other.output()).code).toBe(0);
      await page.goto(base);
      for (let ticked = 0; ticked < 2;) {
        await page.keyboard.press("Tab");
        if (await page.evaluate("document.activeElement.type") !== "checkbox") continue;
        await page.keyboard.press("Space");
        ticked++;
      }
      await picture(page, "list");
      while (
        !(await page.evaluate("document.activeElement.textContent") as string).includes("Compare")
      ) {
        await page.keyboard.press("Tab");
      }
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/compare\?run=.+&run=.+/);
      expect(await page.textContent("main")).toContain("20");
      await picture(page, "compare");
      await checkPage(browser, page.url());

      for (const path of ["/", "/?q=nothing", "/experiments", "/nowhere"]) {
        await checkPage(browser, base + path);
      }
      const [finished] = await page.evaluate(
        `fetch("/api/runs").then((answer) => answer.json()).then(({ runs }) => runs.map(({ name }) => name))`,
      ) as string[];
      for (const path of ["", "/log"]) await checkPage(browser, `${base}/runs/${finished}${path}`);
      expect(problems).toEqual([]);

      // Without scripts it can be read, and reloads.
      const plain = await browser.newContext({ javaScriptEnabled: false, viewport: phone });
      const still = await plain.newPage();
      await still.goto(base);
      expect(await still.locator("#list tbody tr").count()).toBe(2);
      expect(await still.locator("noscript meta[http-equiv=refresh]").count()).toBe(1);
      await still.click("#list tbody a");
      expect(await still.textContent("main")).toContain("What stands on what");
      await plain.close();
    } finally {
      await browser.close();
      for (const child of children) {
        try {
          child.kill("SIGKILL");
        } catch {
          // it has ended
        }
      }
      stopping.abort();
      await serving;
    }
  },
});
