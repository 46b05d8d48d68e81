import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { expect } from "expect";
import { join } from "node:path";
import { artifactKey, sealArtifact } from "../../../src/pipeline/artifact.ts";
import { createApp } from "../../../src/server/app.ts";
import { writeFinishedRun } from "../../registry/folders.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { checkedApi, request } from "./checked.ts";

const node = "seed-7.npre";

/** What its stage wrote, with a manifest of these files of it. */
async function writeArtifact(
  run: string,
  contents: Record<string, Uint8Array<ArrayBuffer>>,
): Promise<void> {
  const dir = join(run, "artifacts", node);
  await Deno.mkdir(dir, { recursive: true });
  for (const [name, bytes] of Object.entries(contents)) {
    await Deno.writeFile(join(dir, name), bytes);
  }
  const head = { stage: "train", version: 1, kind: "network", config: {}, inputs: {} };
  await sealArtifact(dir, { ...head, key: artifactKey(head) }, Object.keys(contents));
}

const text = (words: string) => new TextEncoder().encode(words);

Deno.test("artifacts are listed as their manifests say, and each file comes as it was written, to be saved", async () => {
  await using folder = await temporaryFolder();
  const run = join(folder.path, "done");
  await writeFinishedRun(folder.path, "done");
  const bytes = crypto.getRandomValues(new Uint8Array(1000));
  await writeArtifact(run, {
    "network.safetensors": bytes,
    "log.jsonl": text("{}\n"),
    "page.html": text("<b>"),
  });
  const app = createApp({ out: folder.path });
  const ask = await checkedApi(app);
  const { artifacts, notes } = (await ask("/api/runs/done/artifacts")).json;
  expect([artifacts.map(({ node }: { node: string }) => node), notes]).toEqual([
    [node, "summary"],
    [],
  ]);
  const types: Record<string, string> = {
    "network.safetensors": "application/octet-stream",
    "page.html": "application/octet-stream",
    "log.jsonl": "application/jsonl",
  };
  for (const { name, href, sha256, bytes } of artifacts[0].files) {
    const { status, headers } = await ask(href);
    const got = await (await request(app, href)).bytes();
    expect([status, headers.get("content-type"), headers.get("etag")])
      .toEqual([200, types[name], `"${sha256}"`]);
    expect(headers.get("content-disposition")).toBe(`attachment; filename*=UTF-8''${name}`);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect([got.length, createHash("sha256").update(got).digest("hex")]).toEqual([bytes, sha256]);
  }
});

Deno.test("a file that the asker has already is not sent again", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "done");
  const ask = await checkedApi(createApp({ out: folder.path }));
  const path = "/api/runs/done/artifacts/summary/summary.json";
  const etag = (await ask(path)).headers.get("etag")!;
  const again = await ask(path, { headers: { "if-none-match": etag } });
  expect([again.status, again.text, again.headers.get("etag")]).toEqual([304, "", etag]);
  expect((await ask(path, { headers: { "if-none-match": '"other"' } })).status).toBe(200);
});

Deno.test("a file that no manifest lists is not there: not beside the listed ones, not the manifest, not elsewhere", async () => {
  await using folder = await temporaryFolder();
  const run = join(folder.path, "done");
  await writeFinishedRun(folder.path, "done");
  await writeArtifact(run, { "log.jsonl": text("{}\n") });
  await Deno.writeTextFile(join(run, "artifacts", node, "secret.txt"), "secret");
  await Deno.mkdir(join(run, "artifacts/foreign"));
  await Deno.writeTextFile(join(folder.path, "secret.txt"), "secret");
  const ask = await checkedApi(createApp({ out: folder.path }));
  const ways = [
    `${node}/secret.txt`,
    `${node}/manifest.json`,
    `${node}/..%2f..%2f..%2fsecret.txt`,
    `${node}/..%2fsummary%2fsummary.json`,
    `..%2f${node}/log.jsonl`,
    "summary/constructor",
    "summary/__proto__",
    "foreign/secret.txt",
  ];
  for (const way of ways) {
    expect([way, (await ask(`/api/runs/done/artifacts/${way}`)).status]).toEqual([way, 404]);
  }
});

Deno.test("a file that is not what its manifest says is refused, whether its length or its bytes changed", async () => {
  await using folder = await temporaryFolder();
  const run = join(folder.path, "done");
  await writeFinishedRun(folder.path, "done");
  await writeArtifact(run, { "log.jsonl": text("{}\n"), "empty.txt": text("") });
  const ask = await checkedApi(createApp({ out: folder.path }));
  const path = `/api/runs/done/artifacts/${node}/log.jsonl`;
  expect((await ask(`/api/runs/done/artifacts/${node}/empty.txt`)).text).toBe("");
  for (
    const [changed, words] of [["{}\n{}\n", "3 bytes, found 6 bytes"], ["[]\n", "another SHA-256"]]
  ) {
    await Deno.writeTextFile(join(run, "artifacts", node, "log.jsonl"), changed!);
    const { status, json } = await ask(path);
    expect([status, json.error]).toEqual([403, expect.stringContaining(words!)]);
  }
  await Deno.remove(join(run, "artifacts", node, "log.jsonl"));
  expect((await ask(path)).json.error).toContain("found no file");
  await Deno.writeTextFile(join(run, "artifacts", node, "manifest.json"), "{}");
  expect((await ask(path)).json.error).toContain("manifest.json is damaged");
  const { artifacts, notes } = (await ask("/api/runs/done/artifacts")).json;
  expect([artifacts.length, notes]).toEqual([1, [
    expect.stringContaining("manifest.json is damaged"),
  ]]);
});

Deno.test("a large file is sent as it is read, and breaks off before its end where it is damaged", async () => {
  await using folder = await temporaryFolder();
  const run = join(folder.path, "done");
  await writeFinishedRun(folder.path, "done");
  const bytes = new Uint8Array(3 << 20).map((_, at) => at * 31);
  await writeArtifact(run, { "rows.bin": bytes });
  const app = createApp({ out: folder.path });
  const path = `/api/runs/done/artifacts/${node}/rows.bin`;
  const whole = await request(app, path);
  expect(whole.headers.get("content-length")).toBe(`${bytes.length}`);
  expect(Buffer.compare(await whole.bytes(), bytes)).toBe(0);
  bytes[bytes.length - 1]! ^= 1;
  await Deno.writeFile(join(run, "artifacts", node, "rows.bin"), bytes);
  const damaged = await request(app, path);
  let got = 0;
  await expect((async () => {
    for await (const piece of damaged.body!) got += piece.length;
  })()).rejects.toThrow("another SHA-256");
  expect([got > 0, got < bytes.length]).toEqual([true, true]);
  const head = await request(app, path, { method: "HEAD" });
  expect([head.status, await head.text()]).toEqual([200, ""]);
});
