import { join } from "node:path";
import { expect } from "expect";
import { formatRecord, parseRecord } from "../../src/pipeline/record.ts";
import { createApp } from "../../src/server/app.ts";
import { RunFiles, UnreadableFile } from "../../src/registry/run_files.ts";
import { someKey } from "../pipeline/events.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { hold, write, writeFinishedRun, writeRunningRun } from "./folders.ts";

Deno.test("RunFiles reads regular files of a run folder, and has nothing where nothing is", async () => {
  await using folder = await temporaryFolder();
  await write(join(folder.path, "run/artifacts/a/log.jsonl"), "text");
  const files = new RunFiles(folder.path);
  expect(await files.folders()).toEqual(["run"]);
  expect(await files.text("run", "artifacts", "a", "log.jsonl")).toBe("text");
  expect(await files.version("run", "artifacts", "a", "log.jsonl")).toMatchObject({ size: 4 });
  expect(await files.text("run", "artifacts", "b", "log.jsonl")).toBeUndefined();
  expect(await files.version("run", "none")).toBeUndefined();
  expect(await new RunFiles(join(folder.path, "missing")).folders()).toEqual([]);
});

Deno.test("the folder of the runs may be given by a link: that is the user's own word", async () => {
  await using folder = await temporaryFolder();
  await write(join(folder.path, "real/run/a.txt"), "text");
  await Deno.symlink(join(folder.path, "real"), join(folder.path, "runs"));
  expect(await new RunFiles(join(folder.path, "runs")).text("run", "a.txt")).toBe("text");
});

Deno.test("RunFiles follows no link: not as a file, not as a folder on the way, not as a run", async () => {
  await using folder = await temporaryFolder();
  await write(join(folder.path, "outside/log.jsonl"), "secret");
  await write(join(folder.path, "runs/run/own.txt"), "text");
  const run = join(folder.path, "runs/run");
  await Deno.symlink(join(folder.path, "outside/log.jsonl"), join(run, "file"));
  await Deno.symlink("own.txt", join(run, "inner"));
  await Deno.symlink(join(folder.path, "nothing"), join(run, "dangling"));
  await Deno.symlink(join(folder.path, "outside"), join(run, "folder"));
  await Deno.symlink(join(folder.path, "outside"), join(folder.path, "runs/linked"));
  const files = new RunFiles(join(folder.path, "runs"));
  for (
    const names of [
      ["run", "file"],
      ["run", "inner"],
      ["run", "dangling"],
      ["run", "folder", "log.jsonl"],
      ["linked", "log.jsonl"],
    ]
  ) {
    await expect(files.text(...names)).rejects.toThrow(
      `${names.slice(1).join("/")} is a symbolic link or lies behind one`,
    );
  }
  expect(await files.folders()).toEqual(["run"]);
  expect(await files.hasFolder("linked")).toBe(false);
  expect(await files.hasFolder("run", "folder")).toBe(false);
});

Deno.test("RunFiles makes no path of a name that leads elsewhere, and waits for no pipe", async () => {
  await using folder = await temporaryFolder();
  await write(join(folder.path, "outside.txt"), "secret");
  await Deno.mkdir(join(folder.path, "runs/run"), { recursive: true });
  const files = new RunFiles(join(folder.path, "runs"));
  for (const name of ["..", ".", "", "../../outside.txt", "a/b", "a\\b", "nul\0"]) {
    await expect(files.text("run", name)).rejects.toBeInstanceOf(UnreadableFile);
    expect(await files.hasFolder(name)).toBe(false);
  }
  await new Deno.Command("mkfifo", { args: [join(folder.path, "runs/run/pipe")] }).output();
  await expect(files.text("run", "pipe")).rejects.toThrow("pipe is no regular file");
});

Deno.test("no link in a run folder leads the server out of it, whichever file it stands for", async () => {
  await using folder = await temporaryFolder();
  const out = join(folder.path, "runs");
  const foreign = join(folder.path, "foreign");
  await writeFinishedRun(foreign, "done");
  await writeRunningRun(foreign, "live", Date.now());
  await Deno.writeTextFile(join(foreign, "done/report.html"), "secret");
  const app = createApp({ out });
  const links = [
    ["done", "report.html"],
    ["done", "run.json"],
    ["done", "events.jsonl"],
    ["done", "artifacts"],
    ["done", "artifacts/summary"],
    ["done", "artifacts/summary/summary.json"],
    ["done", "artifacts/summary/manifest.json"],
    ["live", "artifacts"],
    ["live", "artifacts/seed-7.npre"],
    ["live", "artifacts/seed-7.npre/log.jsonl"],
    ["live", `../objects/${someKey}.partial`],
    ["live", `../objects/${someKey}.partial/log.jsonl`],
  ] as const;
  for (const [run, file] of links) {
    await writeFinishedRun(out, "done");
    await writeRunningRun(out, "live", Date.now());
    using _held = await hold(out, "live");
    await Deno.remove(join(out, run, file), { recursive: true });
    await Deno.symlink(join(foreign, run, file), join(out, run, file));
    const get = async (path: string) => {
      const answer = await app.request(path, { headers: { host: "localhost" } });
      return { status: answer.status, text: await answer.text() };
    };
    const report = await get("/runs/done/report");
    expect([file, report.text.includes("secret")]).toEqual([file, false]);
    if (file === "report.html") expect(report.status).toBe(403);
    const { state, links } = JSON.parse((await get(`/api/runs/${run}`)).text);
    const { curves } = JSON.parse((await get(`/api/runs/${run}/curves`)).text);
    if (run === "done" && file !== "report.html") {
      expect([file, state, links.result]).toEqual([file, "damaged", null]);
    }
    if (run === "live") {
      const other = file.startsWith("artifacts") ? "npre2x" : "npre";
      const arms = curves.map(({ arm }: { arm: string }) => arm);
      expect([file, state, arms]).toEqual([file, "running", [other]]);
    }
    await Deno.remove(out, { recursive: true });
  }
});

Deno.test("a stage that run.json names outside of its folder is not followed there", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "other", Date.now());
  await writeRunningRun(folder.path, "run", Date.now());
  const path = join(folder.path, "run/run.json");
  const record = parseRecord(await Deno.readTextFile(path));
  record.nodes[1]!.id = "../../other/artifacts/seed-7.npre";
  await Deno.writeTextFile(path, formatRecord(record));
  const app = createApp({ out: folder.path });
  const get = async (path: string) =>
    await (await app.request(path, { headers: { host: "localhost" } })).json();
  const { curves } = await get("/api/runs/run/curves");
  const { notes } = await get("/api/runs/run");
  expect(curves.map(({ arm }: { arm: string }) => arm)).toEqual(["npre2x"]);
  expect(notes).toEqual([expect.stringContaining("is no name of a file")]);
});
