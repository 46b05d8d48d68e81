/** Runs whose every text is an attack on whoever shows it. */
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { expect } from "expect";
import { join } from "node:path";
import { artifactKey, sealArtifact } from "../../../src/pipeline/artifact.ts";
import { type RunEvent, sealEvent } from "../../../src/pipeline/events.ts";
import { formatRecord, type RunRecord } from "../../../src/pipeline/record.ts";
import { renderReport } from "../../../src/report/report.ts";
import type { ReportInput } from "../../../src/report/input.ts";
import { createApp } from "../../../src/server/app.ts";
import { lines, write } from "../../registry/folders.ts";
import { events, input, record } from "../../report/fixture.ts";
import { sealSummary } from "../../report/summary_artifact.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { venvPython } from "../../venv_python.ts";
import { type Ask, checkedApi, request } from "../api/checked.ts";
import { Hostile } from "./values.ts";

/** Texts that are no one's to choose: a schema lists them, or they are times and hashes. */
const kept = new Set([
  ...["schema", "role", "kind", "type", "expected", "t", "createdAt", "key", "began", "stage"],
  ...["part", "figures", "paper"],
]);
const keep = (key: string) => kept.has(key);
const nodes = [
  ...record.nodes,
  { id: "summary", stage: "summarise", title: "Collect", inputs: ["seed-7.ncf"], serves: [] },
  { id: "sheet", stage: "contact-sheet", title: "Draw", inputs: ["seed-7.ncf"], serves: [] },
];

/** What the files of a run say. */
interface Texts {
  readonly input: ReportInput;
  readonly record: RunRecord;
  readonly events: readonly RunEvent[];
  /** Names of files of one artifact. */
  readonly files: readonly string[];
}

const honest: Texts = {
  input,
  record: { ...record, nodes },
  events: [
    ...events.slice(0, -1),
    { t: events.at(-1)!.t, type: "damaged", node: "seed-7.npre", message: "It was damaged" },
    { t: events.at(-1)!.t, type: "failed", node: "seed-8.ncf", message: "It failed\nbadly" },
    { t: events.at(-1)!.t, type: "not-run", node: "seed-9.ncf", needs: "seed-8.ncf" },
    {
      ...{
        t: events.at(-1)!.t,
        type: "progress",
        node: "seed-7.ncf",
        done: 1,
        total: 2,
        unit: "rows",
      },
      metrics: { loss: 1, other: 2 },
    } as const,
  ],
  files: ["network.safetensors", "cat.png", "words.txt", "page.html"],
};

/** Run `id`, at work or failed, of these texts. */
async function writeRun(out: string, id: string, texts: Texts, failed: boolean): Promise<void> {
  const dir = join(out, id);
  const { record, input, events, files } = texts;
  const report = await renderReport(input);
  const sha256 = createHash("sha256").update(report).digest("hex");
  const end = {
    ...{ t: events.at(-1)!.t, type: "run-failed" as const, message: record.title },
    published: { "report.html": sha256 },
  } as const;
  const all = events.map((event) =>
    event.type === "run-started" ? { ...event, attempt: { ...event.attempt, run: id } } : event
  );
  await write(join(dir, "run.json"), formatRecord({ ...record, id }));
  await write(join(dir, "events.jsonl"), lines([...all, ...(failed ? [end] : [])].map(sealEvent)));
  await write(join(dir, "report.html"), report);
  await sealSummary(dir, input.summary);
  await writeArtifact(
    dir,
    record.nodes[1]!.id,
    Object.fromEntries(files.map((file) => [file, file])),
  );
  const { png, ...sheet } = input.sheet!;
  await writeArtifact(dir, record.nodes.at(-1)!.id, {
    "sheet.png": png,
    "sheet.json": JSON.stringify(sheet),
  });
}

/** What a stage wrote: the contents of its files by their names. */
async function writeArtifact(
  run: string,
  node: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  const dir = join(run, "artifacts", node);
  for (const [name, content] of Object.entries(files)) {
    await write(join(dir, name), "");
    await writeFile(join(dir, name), content);
  }
  const head = { stage: "train", version: 1, kind: "network", config: {}, inputs: {} };
  await sealArtifact(dir, { ...head, key: artifactKey(head) }, Object.keys(files));
}

/** What a page consists of: its elements, each with the names of its attributes, and its scripts. */
interface Anatomy {
  readonly elements: readonly string[];
  readonly scripts: readonly string[];
  readonly addresses: readonly string[];
}

/** By Python's own parser, of each of the files in a folder. */
async function anatomies(folder: string): Promise<Readonly<Record<string, Anatomy>>> {
  const code = `
import html.parser, json, pathlib, sys

class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.elements, self.scripts, self.addresses, self.inside = set(), [], set(), False

    def handle_starttag(self, tag, attributes):
        self.elements.add(" ".join([tag, *sorted(name for name, _ in attributes)]))
        self.addresses.update(value or "" for name, value in attributes if name in ("href", "src", "action"))
        self.inside = tag == "script"
        if self.inside:
            self.scripts.append("")

    def handle_endtag(self, tag):
        self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.scripts[-1] += data

found = {}
for path in pathlib.Path(sys.argv[1]).iterdir():
    page = Page()
    page.feed(path.read_text())
    found[path.name] = {"elements": sorted(page.elements), "scripts": page.scripts, "addresses": sorted(page.addresses)}
print(json.dumps(found))
`;
  return JSON.parse(await venvPython(code, folder));
}

/** Every page of the server, by its address. */
async function pages(app: ReturnType<typeof createApp>, ask: Ask): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const get = async (path: string) => {
    const answer = await request(app, path);
    expect([path, answer.status < 500]).toEqual([path, true]);
    found[path] = await answer.text();
  };
  const { runs } = (await ask("/api/runs?limit=1000")).json;
  const both = runs.slice(0, 2).map(({ name }: { name: string }) =>
    `run=${encodeURIComponent(name)}`
  );
  for (const path of ["/", "/experiments", `/compare?${both.join("&")}`]) await get(path);
  for (const { name } of runs) {
    const { links } = (await ask(`/api/runs/${encodeURIComponent(name)}`)).json;
    for (const below of ["", "/log", "/clusters"]) await get(`${links.page}${below}`);
    if (links.report) await get(links.report);
  }
  return found;
}

async function anatomyOf(folder: string, all: Record<string, string>): Promise<Anatomy> {
  for (const [at, text] of Object.values(all).entries()) {
    await write(join(folder, `${at}.html`), text);
  }
  const each = Object.values(await anatomies(folder));
  const together = (part: keyof Anatomy) =>
    [...new Set(each.flatMap((page) => page[part]))].toSorted();
  return {
    elements: together("elements"),
    scripts: together("scripts"),
    addresses: together("addresses"),
  };
}

Deno.test("2,000 hostile texts in titles, configs, logs and names of files make no element, attribute, script or address on any page", async () => {
  await using folder = await temporaryFolder();
  const place = (name: string) => join(folder.path, name);
  let texts = 0;
  for (let at = 0; texts < 2000; at++) {
    const hostile = new Hostile(at);
    const id = hostile.of("the folder of a run").replaceAll("\\", "").toWellFormed();
    await writeRun(place("hostile"), id, hostile.in(honest, keep), at % 2 === 0);
    texts += hostile.count;
  }
  for (const failed of [true, false]) await writeRun(place("honest"), `${failed}`, honest, failed);
  const found: Record<string, Anatomy> = {};
  for (const out of ["honest", "hostile"]) {
    const app = createApp({ out: place(out), onFault: (error) => Promise.reject(error) });
    const ask = await checkedApi(app);
    found[out] = await anatomyOf(place(`pages-${out}`), await pages(app, ask));
    await askAll(ask);
  }
  const { elements, scripts, addresses } = found["hostile"]!;
  expect(elements).toEqual(found["honest"]!.elements);
  expect(scripts).toEqual(found["honest"]!.scripts);
  expect(addresses.filter((one) => !/^(\/(?!\/)|#|data:)/.test(one))).toEqual([]);
  expect(addresses.length).toBeGreaterThan(10);
});

/** Every address below /api that a link of another one gives. */
async function askAll(ask: Ask): Promise<void> {
  for (const { name } of (await ask("/api/runs?limit=1000")).json.runs) {
    const { links } = (await ask(`/api/runs/${encodeURIComponent(name)}`)).json;
    for (const link of [links.curves, links.result, links.artifacts]) if (link) await ask(link);
    for (const { files } of (await ask(links.artifacts)).json.artifacts) {
      for (const { href } of files) expect((await ask(href)).status).toBeLessThan(500);
    }
  }
}

Deno.test("files that are whole and hold nothing of what they should are told, and fault nothing", async () => {
  await using folder = await temporaryFolder();
  const contents = [
    "",
    "null",
    "[]",
    "{}",
    '{"clusters":[{"id":"1"}]}',
    "\u0000".repeat(30),
    "<b>",
  ];
  const { png, ...sheet } = input.sheet!;
  for (const [at, content] of contents.entries()) {
    for (const [of, file] of [["png", "sheet.png"], ["json", "sheet.json"]] as const) {
      await writeRun(folder.path, `${of}-${at}`, honest, true);
      const files = { "sheet.png": png, "sheet.json": JSON.stringify(sheet), [file]: content };
      const dir = join(folder.path, `${of}-${at}`);
      await writeArtifact(dir, "sheet", files);
      for (const name of ["plan.json", "lock", "artifacts/seed-7.npre/log.jsonl"]) {
        await write(join(dir, name), content);
      }
    }
  }
  const faults: Error[] = [];
  const app = createApp({ out: folder.path, onFault: (error) => void faults.push(error) });
  for (let at = 0; at < contents.length; at++) {
    for (const  of of["png", "json"]) {
      for (const below of ["", "/clusters", "/sheets/sheet", "/log"]) {
        const { status } = await request(app, `/runs/${of}-${at}${below}`);
        expect([of, contents[at], below, status < 500]).toEqual([of, contents[at], below, true]);
      }
    }
  }
  expect(faults).toEqual([]);
});
