import { join } from "node:path";
import { expect } from "expect";
import { formatRecord, parseRecord } from "../../src/pipeline/record.ts";
import { createApp } from "../../src/server/app.ts";
import { hold, write, writeFinishedRun, writeRunningRun } from "../registry/folders.ts";
import { temporaryFolder } from "../temporary_folder.ts";

async function get(out: string, path: string) {
  const answer = await createApp({ out }).request(path, { headers: { host: "localhost" } });
  return { status: answer.status, text: await answer.text() };
}

Deno.test("/compare shows runs beside each other, links to each, and renews itself while one is under way", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "done");
  await writeFinishedRun(folder.path, "other");
  await writeRunningRun(folder.path, "live", Date.now());
  using _held = await hold(folder.path, "live");
  const done = await get(folder.path, "/compare?run=done&run=other");
  expect(done.status).toBe(200);
  expect(done.text).toContain('<a href="/runs/done">done</a>');
  expect(done.text).toContain("equal in 12");
  expect(done.text).not.toContain("data-live");
  const { status, text } = await get(folder.path, "/compare?run=done&run=live");
  expect(status).toBe(200);
  expect(text).toContain('data-live="4"');
  expect(text).toContain("B has no results: it is running.");
  expect(text).toContain("B, Npre 2x after epoch 12");
});

Deno.test("/compare says which run is unknown, and how many it takes", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "done");
  const unknown = await get(folder.path, "/compare?run=done&run=%3Cb%3E");
  expect([unknown.status, unknown.text.includes("There is no run “&lt;b&gt;”")]).toEqual([
    404,
    true,
  ]);
  const nine = Array.from({ length: 9 }, (_, at) => `run=${at}`).join("&");
  for (const query of ["", "?run=done", "?run=done&run=done", `?${nine}`]) {
    const { status, text } = await get(folder.path, `/compare${query}`);
    expect([query, status]).toEqual([query, 400]);
    expect(text).toContain("Two to 8 runs can be compared");
  }
});

Deno.test("no name in /compare leads out of the folder of the runs", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(join(folder.path, "outside"), "secret");
  await writeFinishedRun(join(folder.path, "runs"), "own");
  await Deno.symlink(join(folder.path, "outside/secret"), join(folder.path, "runs/link"));
  for (const way of ["..%2Foutside%2Fsecret", "link", "..", "", "own%00"]) {
    const { status } = await get(join(folder.path, "runs"), `/compare?run=own&run=${way}`);
    expect([way, status]).toEqual([way, 404]);
  }
});

Deno.test("a title of a run is text on the page", async () => {
  await using folder = await temporaryFolder();
  for (const name of ["a", "b"]) {
    await writeFinishedRun(folder.path, name);
    const path = join(folder.path, name, "run.json");
    const record = parseRecord(await Deno.readTextFile(path));
    await write(path, formatRecord({ ...record, title: "<script>alert(1)</script>" }));
  }
  const { status, text } = await get(folder.path, "/compare?run=a&run=b");
  expect(status).toBe(200);
  expect(text).not.toContain("<script>alert");
  expect(text).toContain("&lt;script&gt;alert");
});
