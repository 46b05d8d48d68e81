import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect } from "expect";
import { startCompanions } from "../../../src/cli/companions/start.ts";
import { spawnCompanion } from "../../../src/cli/companions/spawn.ts";
import { hold, writeRunningRun } from "../../registry/folders.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { until } from "../../until.ts";

const secret = "5ecret-of-a-webhook";
const token = "t0ken-of-a-webhook";

Deno.test("what tells of a run lives in a session of its own, tells of its death, and keeps no secret", async () => {
  await using folder = await temporaryFolder();
  const dir = join(folder.path, "seven");
  await writeRunningRun(folder.path, "seven", Date.now());
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    bodies.push(Buffer.concat(await Array.fromAsync(request)).toString());
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  Deno.env.set("CLUSTERFIT_NOTIFY_URL", `http://127.0.0.1:${port}/${secret}`);
  Deno.env.set("CLUSTERFIT_NOTIFY_TOKEN", token);
  const said: string[] = [];
  const held = await hold(folder.path, "seven");
  try {
    await startCompanions([{ kind: "notify", how: "json" }], {
      dir,
      say: (line) => void said.push(line),
    });
    const lock = join(dir, "companions/notify-json.lock");
    await until(() => textOf(lock).endsWith("\n"));
    const pid = Number(textOf(lock));
    expect(await sessionOf(pid)).toBe(`${pid}`);
  } finally {
    held[Symbol.dispose]();
    Deno.env.delete("CLUSTERFIT_NOTIFY_URL");
    Deno.env.delete("CLUSTERFIT_NOTIFY_TOKEN");
  }
  await until(() => textOf(join(dir, "companions/notify-json.log")).includes("Told"));
  await new Promise((resolve) => server.close(resolve));
  expect(bodies.map((body) => JSON.parse(body).event)).toEqual(["interrupted"]);
  expect(said).toEqual([]);
  const texts = await filesBelow(dir);
  expect(texts.size).toBeGreaterThan(4);
  for (const [path, text] of texts) {
    expect([path, text.includes(secret), text.includes(token)]).toEqual([path, false, false]);
  }
});

Deno.test("what cannot be started, and what ends with a mistake, is said in a line", async () => {
  await using folder = await temporaryFolder();
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  const ended = spawnCompanion(["nonsense"], { dir: folder.path, name: "notify-json", say });
  await until(() => said.length > 0 && ended.aborted);
  const log = join(folder.path, "companions/notify-json.log");
  expect(said).toEqual([`What follows the run has ended (notify-json, 2): see ${log}`]);
  expect(textOf(log)).toContain('Cannot run "nonsense"');

  await Deno.writeTextFile(join(folder.path, "file"), "");
  const none = spawnCompanion([], { dir: join(folder.path, "file"), name: "serve", say });
  expect(none.aborted).toBe(true);
  expect(said[1]).toMatch(/^Cannot start serve beside the run: /);
});

Deno.test("a terminal that takes no line does not fail the run", async () => {
  await using folder = await temporaryFolder();
  await Deno.writeTextFile(join(folder.path, "file"), "");
  const say = () => {
    throw new Error("the terminal is closed");
  };
  await startCompanions([{ kind: "notify", how: "command:true" }], {
    dir: join(folder.path, "file"),
    say,
  });
});

function textOf(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return "";
  }
}

async function sessionOf(pid: number): Promise<string> {
  const { stdout } = await new Deno.Command("ps", { args: ["-o", "sid=", "-p", `${pid}`] })
    .output();
  return new TextDecoder().decode(stdout).trim();
}

/** Path -> text of every file below a folder. */
async function filesBelow(dir: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const { name, isDirectory } of Deno.readDir(dir)) {
    const path = join(dir, name);
    if (isDirectory) { for (const [inner, text] of await filesBelow(path)) found.set(inner, text); }
    else found.set(path, await Deno.readTextFile(path));
  }
  return found;
}
