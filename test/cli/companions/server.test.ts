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
  return { ...folder, dir: join(folder.path, "seven") };
}

/** Serves `out` on a port of its own, until disposed. */
async function serving(out: string) {
  const stop = new AbortController();
  const { promise, resolve } = Promise.withResolvers<string>();
  const served = serve({ out, port: 0, signal: stop.signal, onListen: resolve });
  return {
    port: Number(new URL(await promise).port),
    async [Symbol.asyncDispose]() {
      stop.abort();
      await served;
    },
  };
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

Deno.test("where another program has the port, a server of this folder is started on another one", async () => {
  await using run = await running();
  await using other = await running(0); // of that name, begun at another time
  await using server = await serving(other.path);
  using _held = await hold(run.path, "seven");
  const [line = "", ...more] = await said(run.dir, server.port);
  const [, address = "", port] =
    /^Watch it at (http:\/\/127\.0\.0\.1:(\d+)\/runs\/seven), until 60 minutes after/.exec(line) ??
      [];
  expect(more).toEqual([]);
  expect(Number(port)).not.toBe(server.port);
  const pid = await processServing(run.path);
  try {
    const page = await fetch(address);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("seven")]);
  } finally {
    Deno.kill(pid, "SIGTERM");
    await until(() => !isThere(pid));
  }
});

/** The process whose command line names this folder. */
async function processServing(out: string): Promise<number> {
  const { stdout } = await new Deno.Command("ps", { args: ["-eo", "pid=,args="] }).output();
  const lines = new TextDecoder().decode(stdout).split("\n");
  return Number.parseInt(lines.find((line) => line.includes(` serve --out ${out} `)) ?? "");
}

function isThere(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(Deno.readTextFileSync(`/proc/${pid}/status`));
  } catch {
    return false;
  }
}
