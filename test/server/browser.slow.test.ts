/** The pages in a real browser, where there is one, beside a real run. `deno task screenshots` keeps the pictures of the
 * README on the way. */
import { expect } from "expect";
import { join } from "node:path";
import { sealEvent } from "../../src/pipeline/events.ts";
import { small, start } from "../e2e/command.ts";
import { hold, lines, writeFinishedRun, writeRunningRun } from "../registry/folders.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { hangSeconds } from "../until.ts";
import {
  browserTest,
  checkPage,
  desktop,
  moreEpochs,
  phone,
  picture,
  serving,
  tabTo,
} from "./browser.ts";

const timeout = hangSeconds * 1000;

browserTest(
  "a run is found, watched as it goes, killed and gone on with, followed to its report and its clusters, and compared",
  async (browser) => {
    await using folder = await temporaryFolder();
    await using server = await serving(folder.path);
    const command = (k: number) => {
      return start([...small, "--out", folder.path, "--epochs", "24", "--k", `${k}`]);
    };
    const page = await browser.newPage({ viewport: desktop });
    page.setDefaultTimeout(timeout);
    const looking = { browser, page };
    const problems: string[] = [];
    page.on("console", (message) => {
      const { url } = message.location();
      // A report has no icon.
      if (!url.endsWith("/favicon.ico")) problems.push(`${url} ${message.text()}`);
    });
    page.on("pageerror", (error) => problems.push(error.message));
    let loads = 0;
    page.on("load", () => loads++);

    // A list that nobody reloads shows the run once it began.
    await page.goto(server.url);
    expect(await page.textContent("main")).toContain("No run yet");
    const killed = command(20);
    await page.waitForSelector("td.state-running");
    expect(loads).toBe(1);
    await page.click("#list tbody a");
    await page.waitForSelector("#figures");

    // Its curve grows, and what the reader holds stays. The run is stopped while it is looked at, so that it does not end
    // meanwhile, however fast the machine is.
    loads = 0;
    const seen = await moreEpochs(page, 0);
    killed.kill("SIGSTOP");
    await page.click("#config summary");
    await page.focus("#config summary");
    killed.kill("SIGCONT");
    await moreEpochs(page, seen);
    killed.kill("SIGSTOP");
    expect(loads).toBe(0);
    expect(await page.getAttribute("#config", "open")).toBe("");
    expect(await page.evaluate("document.activeElement.closest('details').id")).toBe("config");
    expect(await page.textContent("#figures")).toMatch(/Time at work.*Throughput.*Memory/s);
    await page.evaluate("scrollTo(0, 0)");
    await picture(page, "run");
    await checkPage(looking);

    // It is killed, which no event tells, and the same command goes on with it.
    killed.kill("SIGKILL");
    await page.waitForSelector("#state .state-interrupted");
    expect(await page.textContent("#state")).toMatch(/Nothing that was finished is lost.*--k 20/s);
    const first = command(20).output();
    await page.waitForSelector("#state .state-running");

    // It ends, which the page says by itself; from there to the report and the clusters.
    await page.waitForSelector("#state .state-finished");
    expect(loads).toBe(0);
    await page.click("text=Open the report");
    await page.waitForURL("**/report");
    await checkPage(looking);
    await page.goBack();
    await page.click("text=Look at the clusters");
    await page.waitForSelector(".sheet figure");
    const sheet = await fetch(`${server.url}${await page.getAttribute("image", "href")}`);
    expect([sheet.status, sheet.headers.get("content-type")]).toEqual([200, "image/png"]);
    await sheet.body?.cancel();
    await checkPage(looking);
    expect((await first).code).toBe(0);

    // Another one beside it, by the keyboard alone.
    expect((await command(10).output()).code).toBe(0);
    await page.goto(server.url);
    for (let run = 0; run < 2; run++) {
      await tabTo(page, 'it.type === "checkbox"');
      await page.keyboard.press("Space");
    }
    await picture(page, "list");
    await checkPage(looking);
    await tabTo(page, 'it.textContent.includes("Compare")');
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/compare\?run=.+&run=.+/);
    await picture(page, "compare");
    await checkPage(looking);

    await checkPage(looking, `${server.url}/experiments`);
    await checkPage(looking, `${server.url}/nowhere`);
    expect(problems).toEqual([]);

    // Without scripts all of it can be read, and reloads.
    const plain = await browser.newContext({ javaScriptEnabled: false, viewport: phone });
    const still = await plain.newPage();
    await still.goto(server.url);
    expect(await still.locator("#list tbody tr").count()).toBe(2);
    expect(await still.locator("meta[http-equiv=refresh]").count()).toBe(1);
    await still.click("#list tbody a");
    for (const words of ["Stages as a graph", "after epoch 24", "finished"]) {
      expect(await still.textContent("main")).toContain(words);
    }
    await plain.close();
  },
);

browserTest(
  "a page whose server is gone says so until it is back, and one whose run is gone says that",
  async (browser) => {
    await using folder = await temporaryFolder();
    await writeRunningRun(folder.path, "run", Date.now());
    const page = await browser.newPage();
    page.setDefaultTimeout(timeout);
    let port: number;
    {
      await using server = await serving(folder.path);
      port = Number(new URL(server.url).port);
      await page.goto(`${server.url}/runs/run`);
      expect(await page.textContent("#state")).toContain("interrupted");
    }
    await page.waitForFunction(() =>
      // deno-lint-ignore no-explicit-any
      (globalThis as any).document.querySelector("#notice").textContent.includes("does not answer")
    );
    expect(await page.textContent("main")).toContain("interrupted");
    await using _server = await serving(folder.path, { port });
    await page.waitForSelector("#notice:empty", { state: "attached" });
    await Deno.remove(join(folder.path, "run"), { recursive: true });
    await page.waitForSelector("text=There is no run “run”");

    await writeFinishedRun(folder.path, "done");
    await page.clock.install();
    await page.goto(`http://127.0.0.1:${port}/runs/done`);
    expect(await page.textContent("#state")).toContain("finished");
    await Deno.remove(join(folder.path, "done"), { recursive: true });
    await page.clock.fastForward(31_000);
    await page.waitForSelector("text=There is no run “done”");
  },
);

browserTest(
  "a browser logs in by an address that works once, and stays logged in",
  async (browser) => {
    await using folder = await temporaryFolder();
    await writeFinishedRun(folder.path, "run");
    const next: string[] = [];
    const onLogin = ({ url }: { readonly url: string }) => void next.push(url);
    await using server = await serving(folder.path, { asksToken: true, onLogin });
    const page = await browser.newPage({ viewport: desktop });
    page.setDefaultTimeout(timeout);
    await page.goto(server.url);
    expect(await page.textContent("h1")).toBe("Log in to see the runs");
    await page.goto(server.login!);
    await page.waitForSelector("#run-run"); // it leads on to the list by itself
    await page.click("#list tbody a");
    await page.waitForSelector("text=Open the report");
    await checkPage({ browser, page });

    const other = await browser.newPage();
    await other.goto(server.login!);
    expect(await other.textContent("h1"))
      .toBe("This address was used already, or is not one of this server");
    await checkPage({ browser, page: other });
    await other.goto(server.url);
    expect(await other.textContent("main")).not.toContain("run-run");
    await checkPage({ browser, page: other });
    await other.fill("input[name=token]", next[0]!);
    await other.click("form button");
    await other.waitForSelector("#run-run");
  },
);

browserTest(
  "news of a run come by its stream, and what the reader holds stays: what is selected, scrolled to and unfolded",
  async (browser) => {
    await using folder = await temporaryFolder();
    await writeRunningRun(folder.path, "run", Date.now());
    const log = join(folder.path, "run/events.jsonl");
    const whole = (await Deno.readTextFile(log)).split("\n").slice(0, -1).join("\n");
    const progress = (done: number) => {
      const at = { t: new Date().toISOString(), type: "progress", node: "seed-7.npre2x" } as const;
      return lines([sealEvent({ ...at, done, total: 480_000, unit: "images" })]);
    };
    const many = Array.from({ length: 60 }, (_, at) => progress(120_000 + at)).join("");
    await Deno.writeTextFile(log, `${whole}\n${many}`);
    using _held = await hold(folder.path, "run");
    await using server = await serving(folder.path);
    const page = await browser.newPage({ viewport: desktop });
    page.setDefaultTimeout(timeout);
    const asked: string[] = [];
    page.on("request", (request) => void asked.push(request.url()));
    await page.goto(`${server.url}/runs/run`);

    await page.click("#versions summary");
    await page.evaluate("document.getElementById('log-scroll').scrollTop = 200");
    await page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))");
    const heading = await page.textContent("h1");
    await Deno.writeTextFile(log, progress(333_333), { append: true });
    await page.waitForSelector("text=333,333 of 480,000");
    expect(await page.evaluate("getSelection().toString()")).toBe(heading);
    expect(await page.evaluate("document.getElementById('log-scroll').scrollTop")).toBeGreaterThan(
      0,
    );
    expect(await page.getAttribute("#versions", "open")).toBe("");
    const streams = asked.filter((url) => url.includes("/stream"));
    expect(streams.length).toBe(1);
    expect(streams[0]).toMatch(/\?after=[\da-f]{8}\.65$/); // what the page shows does not come again
  },
);
