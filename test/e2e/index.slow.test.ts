/** A folder of 1,000 pictures, 3% of them bad in every way: indexed, killed, refused, read. */
import { join } from "node:path";
import { expect } from "expect";
import { readDataset } from "../../src/data/dataset.ts";
import { type Engine, startEngine } from "../../src/engine/mod.ts";
import { openSource } from "../../src/method/source.ts";
import type { Artifact } from "../../src/pipeline/stage.ts";
import { artifactIn } from "../data/toy_engine.ts";
import { venvPython } from "../venv_python.ts";
import { run } from "./command.ts";

const program = new URL("index_run.ts", import.meta.url).pathname;
const maker = new URL("../py", import.meta.url).pathname;

let folder: string;
let engine: Engine;

Deno.test.beforeAll(async () => {
  folder = await Deno.makeTempDir();
  for (const [name, share] of [["mixed", "0.03"], ["clean", "0"]] as const) {
    await venvPython(
      "import sys; sys.path.insert(0, sys.argv[1]); from pictures import write_folder; " +
        "write_folder(sys.argv[2], 1000, float(sys.argv[3]))",
      maker,
      join(folder, name),
      share,
    );
  }
  engine = await startEngine();
});

Deno.test.afterAll(() => Deno.remove(folder, { recursive: true }));

interface Index {
  readonly pictures: string;
  readonly out: string;
  readonly layout?: "packed" | "files";
  readonly maxBad?: number;
}

const indexing = ({ pictures, out, layout = "packed", maxBad = 0.05 }: Index) =>
  new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-check", program],
      ...[join(folder, pictures), join(folder, out), layout, `${maxBad}`],
    ],
    stdout: "piped",
    stderr: "inherit",
  });

/** The lines that it prints. */
async function indexed(index: Index): Promise<string[]> {
  const { stdout } = await indexing(index).output();
  return new TextDecoder().decode(stdout).trimEnd().split("\n");
}

/** Starts it, and kills it where it has printed progress of that many pictures. */
async function killed(index: Index, after: number): Promise<void> {
  const child = indexing(index).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  for (let text = "";;) {
    const { value, done } = await reader.read();
    text += value ?? "";
    if (done || text.split("\n").some((line) => Number(line) >= after)) break;
  }
  child.kill("SIGKILL");
  await reader.cancel();
  await child.status;
}

const artifactOf = (out: string): Artifact<"dataset"> =>
  artifactIn(join(folder, out, "run", "artifacts", "photos"), "dataset");
const manifestOf = (out: string) => Deno.readTextFile(artifactOf(out).file("manifest.json"));

/** Name -> features of its picture. */
async function features(out: string): Promise<Map<string, number[]>> {
  const { sources } = await readDataset(artifactOf(out));
  using network = await engine.models.build({
    ...{ arch: "resnet10-small", width: 8, heads: { fc: 2 }, seed: 1 },
  });
  using rows = await openSource(engine, artifactOf(out));
  using found = await engine.features.extract(
    network,
    rows.source,
    { features: { layer: "res5", budget: null } },
    {
      ...{ device: "cpu", precision: "float32", threads: 1, batchSize: 1, rows: null },
      view: { size: 32, clips: 1, frames: null },
    },
    {},
  );
  const tensor = found.get("features");
  const values = engine.tensors.toArray(tensor);
  const width = tensor.shape[1]!;
  return new Map(
    sources.map((name, row) => [name, [...values.subarray(row * width, (row + 1) * width)]]),
  );
}

Deno.test("of 1,000 files the 30 bad ones are named and left out; the others have the features of a clean folder", async () => {
  expect((await indexed({ pictures: "mixed", out: "mixed-out" })).at(-1)).toBe("done");
  expect((await indexed({ pictures: "clean", out: "clean-out", maxBad: 0 })).at(-1)).toBe("done");
  const bad = await Deno.readTextFile(artifactOf("mixed-out").file("bad.csv"));
  const names = bad.trimEnd().split("\n").slice(1).map((line) => line.slice(0, line.indexOf(",")));
  const expected = Array.from({ length: 30 }, (_, at) => 33 * at + 32)
    .map((at) => `class ${at % 10}/${String(at).padStart(5, "0")}.jpg`);
  expect(names).toEqual(expected.toSorted());
  const [mixed, clean] = [await features("mixed-out"), await features("clean-out")];
  expect(mixed.size).toBe(970);
  expect(clean.size).toBe(1000);
  for (const [name, row] of mixed) expect(row).toEqual(clean.get(name));
});

Deno.test("decoded on the fly the features are the same", async () => {
  expect((await indexed({ pictures: "mixed", out: "files-out", layout: "files" })).at(-1))
    .toBe("done");
  expect(await features("files-out")).toEqual(await features("mixed-out"));
});

Deno.test("beyond the limit it is refused with the list, and goes on at once where more is allowed", async () => {
  const refused = await indexed({ pictures: "mixed", out: "refused-out", maxBad: 0.029 });
  expect(refused.at(-1)).toContain("it needs at most 29 bad ones of 1000 (maxBad 0.029), found 30");
  const list = refused.at(-1)?.match(/All are listed in (.*)\. Mend/)?.[1] ?? "";
  expect((await Deno.readTextFile(list)).split("\n").length).toBe(32);
  expect(await indexed({ pictures: "mixed", out: "refused-out", maxBad: 0.03 })).toEqual(["done"]);
  expect(await manifestOf("refused-out")).toBe(await manifestOf("mixed-out"));
});

for (const layout of ["packed", "files"] as const) {
  Deno.test(`killed three times it goes on to the same bytes: ${layout}`, async () => {
    const index = { pictures: "mixed", out: `killed-${layout}`, layout };
    for (const after of [20, 300, 600]) await killed(index, after);
    const lines = await indexed(index);
    expect(lines.at(-1)).toBe("done");
    expect(Number(lines[0])).toBeGreaterThan(256); // it did not begin again
    expect(lines.filter((line) => line.includes("damaged"))).toEqual([]);
    const undisturbed = layout === "packed" ? "mixed-out" : "files-out";
    expect(await manifestOf(index.out)).toBe(await manifestOf(undisturbed));
  });
}

Deno.test("a file that changes after the index is named at once", async () => {
  const path = join(folder, "mixed", "class 3", "00003.jpg");
  const bytes = await Deno.readFile(path);
  await Deno.writeFile(path, bytes.slice(0, -1));
  await expect(features("files-out")).rejects.toThrow(`Cannot read ${path}: it needs the picture`);
  await Deno.remove(path);
  await expect(features("files-out")).rejects.toThrow(
    "found none: it cannot be read: No such file",
  );
  await Deno.writeFile(path, bytes);
  expect((await features("files-out")).size).toBe(970);
});

Deno.test("the command tells the same, writes its files, and takes the folder's mistakes", async () => {
  const out = join(folder, "told");
  const told = await run(["index", join(folder, "mixed"), "--out", out, "--json"]);
  expect(told.code).toBe(0);
  expect(told.stderr).toContain(`Wrote index.jsonl, index.json, bad.csv to ${out}\n`);
  const found = JSON.parse(told.stdout);
  expect([found.pictures, found.bad, found.files.length]).toEqual([970, 30, 30]);
  expect((await Deno.readTextFile(join(out, "bad.csv"))).split("\n").length).toBe(32);
  expect((await Deno.readTextFile(join(out, "index.jsonl"))).split("\n").length).toBe(971);
  const wrong = await run(["index", join(folder, "nowhere")]);
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain("Cannot open");
});

/** RssAnon of this process in bytes; 0 where the system does not tell. */
async function privateBytes(): Promise<number> {
  const status = await Deno.readTextFile("/proc/self/status").catch(() => "");
  return 1024 * Number(status.match(/^RssAnon:\s+(\d+) kB$/m)?.[1] ?? 0);
}

Deno.test("10,000 bad files take no more memory than 1,000", async () => {
  const bad = await Array.fromAsync(Deno.readDir(join(folder, "mixed", "class 2")));
  const pieces = bad.map(({ name }) => ({
    ...{ file: join(folder, "mixed", "class 2", name), range: { offset: 0, bytes: 700 } },
    seconds: null,
  }));
  const options = { side: 64, interpolation: "bilinear", pixels: null } as const;
  const index = async (times: number) => {
    for (let time = 0; time < times; time++) {
      const { pictures } = await engine.data.index(pieces, options);
      expect(pictures.every((one) => "reason" in one)).toBe(true);
    }
    return await privateBytes();
  };
  const before = await index(10);
  expect(await index(100) - before).toBeLessThan(32 << 20);
});
