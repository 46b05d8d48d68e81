import { join } from "node:path";
import { expect } from "expect";
import { serveBeside } from "../../../src/cli/companions/server.ts";
import { serve } from "../../../src/server/serve.ts";
import { systemClock } from "../../../src/registry/clock.ts";
import { hold, writeRunningRun } from "../../registry/folders.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { until } from "../../until.ts";

async function running(now = Date.parse("2026-11-26T10:00:00Z")) {
  const folder = await temporaryFolder();
  await writeRunningRun(folder.path, "seven", now);
  return {
    ...{ path: folder.path, dir: join(folder.path, "seven") },
    async [Symbol.asyncDispose]() {
      await endServers(folder.path);
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Serves `out`, until disposed. Rejects where the port cannot be had. */
async function serving(out: string, port = 0) {
  const stop = new AbortController();
  const { promise, resolve } = Promise.withResolvers<string>();
  const served = serve({ out, port, signal: stop.signal, onListen: resolve });
  const url = await Promise.race([promise, served]);
  return {
    port: Number(new URL(url!).port),
    async [Symbol.asyncDispose]() {
      stop.abort();
      await served;
    },
  };
}

/** Likewise, on one of the ports behind another. */
async function servingBehind(port: number, out: string) {
  for (let next = port + 1; next < port + 9; next++) {
    const server = await serving(out, next).catch(() => undefined);
    if (server) return server;
  }
  throw new Error(`all ports behind ${port} are taken`);
}

async function said(dir: string, port: number): Promise<string[]> {
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  await serveBeside({ dir, port, say, clock: systemClock });
  return lines;
}

Deno.test("a server that shows this very run is used, and none is started", async () => {
  await using run = await running();
  await using server = await serving(run.path);
  expect(await said(run.dir, server.port))
    .toEqual([`Watch it at http://127.0.0.1:${server.port}/runs/seven`]);
  await expect(Deno.stat(join(run.dir, "companions"))).rejects.toThrow(Deno.errors.NotFound);
});

Deno.test("a server that had to take a port behind the one asked for is found there by the next run", async () => {
  await using run = await running();
  await using other = await running(0);
  await using foreign = await serving(other.path);
  await using server = await servingBehind(foreign.port, run.path);
  expect(await said(run.dir, foreign.port))
    .toEqual([`Watch it at http://127.0.0.1:${server.port}/runs/seven`]);
});

Deno.test("where another program has the port, a server of this folder is started on another one", async () => {
  await using run = await running();
  await using other = await running(0); // of that name, begun at another time
  await using server = await serving(other.path);
  using _held = await hold(run.path, "seven");
  const lines = await said(run.dir, server.port);
  expect(lines).toEqual([expect.stringMatching(started)]);
  const [, address = "", port] = started.exec(lines[0]!)!;
  expect(Number(port)).not.toBe(server.port);
  const page = await fetch(address);
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("seven")]);
});

const started = /^Watch it at (http:\/\/127\.0\.0\.1:(\d+)\/runs\/seven), until 60 minutes after/;

/** Ends the processes whose command line names this folder. */
async function endServers(out: string): Promise<void> {
  const { stdout } = await new Deno.Command("ps", { args: ["-eo", "pid=,args="] }).output();
  for (const line of new TextDecoder().decode(stdout).split("\n")) {
    if (!line.includes(` serve --out ${out} `)) continue;
    const pid = Number.parseInt(line);
    Deno.kill(pid, "SIGTERM");
    await until(() => !isThere(pid));
  }
}

function isThere(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(Deno.readTextFileSync(`/proc/${pid}/status`));
  } catch {
    return false;
  }
}
