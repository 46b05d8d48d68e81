/** A real browser for the tests of the pages. */
import { expect } from "expect";
import { join } from "node:path";
import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { serve, type ServeOptions } from "../../src/server/serve.ts";

const executablePath = ["/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) => {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
});

/** A test that is passed over where there is no browser. */
export function browserTest(name: string, fn: (browser: Browser) => Promise<void>): void {
  Deno.test({
    name,
    ignore: executablePath === undefined,
    // Playwright's pipes outlive a closed browser for a moment.
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      const browser = await chromium.launch({
        executablePath: executablePath!,
        args: ["--no-sandbox"],
      });
      try {
        await fn(browser);
      } finally {
        await browser.close();
      }
    },
  });
}

/** A server of the runs in `out`, until disposed. `url` has no slash at its end; `login` logs a browser in, once. */
export async function serving(
  out: string,
  options: Partial<ServeOptions> = {},
): Promise<AsyncDisposable & { readonly url: string; readonly login?: string }> {
  const stop = new AbortController();
  const { promise, resolve, reject } = Promise.withResolvers<{ url: string; login?: string }>();
  const served = serve({
    ...{ out, port: 0, signal: stop.signal },
    onListen: (url, login) =>
      resolve({ url: url.replace(/\/$/, ""), ...(login && { login: login.url }) }),
    ...options,
  });
  served.catch(reject);
  return {
    ...await promise,
    async [Symbol.asyncDispose]() {
      stop.abort();
      await served;
    },
  };
}

export const desktop = { width: 1180, height: 860 };
export const phone = { width: 390, height: 844 };

const looks = [
  { name: "light", viewport: desktop, colorScheme: "light" },
  { name: "dark", viewport: desktop, colorScheme: "dark" },
  { name: "on a phone", viewport: phone, colorScheme: "light" },
] as const;

/** The page at an address is one that everyone can read: in light and dark, on a phone, by ear. */
export async function checkPage(
  { browser, page: shown }: Looking,
  address?: string,
): Promise<void> {
  const url = address ?? shown.url();
  for (const { name, viewport, colorScheme } of looks) {
    const page = await browser.newPage({ viewport, colorScheme });
    await page.context().addCookies(await shown.context().cookies());
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

export interface Looking {
  readonly browser: Browser;
  readonly page: Page;
}

/** Where pictures of the pages are kept, if anywhere. */
const pictures = Deno.env.get("SCREENSHOTS");
/** Of a picture. */
const highest = 1180;

export async function picture(page: Page, name: string): Promise<void> {
  if (!pictures) return;
  const height = await page.evaluate("document.body.scrollHeight") as number;
  await page.setViewportSize({ width: desktop.width, height: Math.min(height, highest) });
  await page.screenshot({ path: join(pictures, `${name}.png`) });
  await page.setViewportSize(desktop);
}

/** Epochs that the curves of the page have; false where they are no more than `before`. */
function epochsBeyond(before: number): number | false {
  // deno-lint-ignore no-explicit-any
  const { document } = globalThis as any;
  const told = [...document.querySelectorAll("#training desc")].map(({ textContent }) =>
    textContent
  );
  const epochs = told.join(" ").match(/(?<=after epoch )\d+/g)?.map(Number) ?? [];
  return Math.max(0, ...epochs) > before && Math.max(...epochs);
}

/** Waits until the curves of the page have more epochs than `before`; returns how many. */
export async function moreEpochs(page: Page, before: number): Promise<number> {
  const found = await page.waitForFunction(epochsBeyond, before);
  return await found.jsonValue() as number;
}

/** Presses Tab until what has the focus is so. */
export async function tabTo(page: Page, isIt: string): Promise<void> {
  for (let presses = 0; presses < 200; presses++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(`((it) => ${isIt})(document.activeElement)`)) return;
  }
  throw new Error(`Tab leads to nothing of which ${isIt}`);
}
