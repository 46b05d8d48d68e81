/** Tells it to a command of the user's, which gets the JSON form on stdin. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import process from "node:process";
import type { Outcome } from "../deliver.ts";
import type { News } from "../news.ts";
import type { Way } from "./way.ts";

/** Milliseconds that it may take; then it and what it started are killed. */
const longestRun = 60_000;

/** `line` is run by the shell, as its user would type it. Nothing of the run is put into it. */
export function command(line: string, limit = longestRun): Way {
  const name = `command-${createHash("sha256").update(line).digest("hex").slice(0, 8)}`;
  return { name, tell: (news) => run(line, news, limit) };
}

function run(line: string, news: News, limit: number): Promise<Outcome> {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const refused = (why: string) => resolve({ is: "refused", why });
  // A variable holds no NUL.
  const id = news.run.replaceAll("\0", "");
  const child = spawn("sh", ["-c", line], {
    detached: true, // a group of its own, so that all of it can be killed
    stdio: ["pipe", "ignore", "ignore"],
    env: { ...process.env, CLUSTERFIT_RUN: id, CLUSTERFIT_EVENT: news.event },
  });
  const timer = setTimeout(() => {
    refused(`the command took more than ${limit / 1000} s, and was killed`);
    if (child.pid !== undefined) killGroup(child.pid);
  }, limit);
  child.on("error", ({ message }) => refused(`the command could not be started: ${message}`));
  child.on("exit", (code, signal) => {
    clearTimeout(timer);
    if (code === 0) resolve({ is: "told" });
    else refused(`the command ended with ${code === null ? signal : `exit code ${code}`}`);
  });
  child.stdin?.on("error", () => {}); // it need not read it
  child.stdin?.end(`${JSON.stringify(news)}\n`);
  return promise;
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // it has just ended
  }
}
