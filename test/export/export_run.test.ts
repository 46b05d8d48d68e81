import { expect } from "expect";
import { sixDigits } from "../../src/results/words.ts";
import { join } from "node:path";
import { type ExportOptions, exportRun } from "../../src/export/export_run.ts";
import { runPaths } from "../../src/pipeline/store.ts";
import { readTable } from "../../src/tables/read.ts";
import { venvPython } from "../venv_python.ts";
import { dimensions, engine, k, type MadeUp, madeUpRun, rows, sources } from "./made_up_run.ts";

type Made = Awaited<ReturnType<typeof madeUpRun>>;

async function exported(
  { run, runs }: Made,
  options: Partial<ExportOptions> = {},
): Promise<string> {
  const out = join(runs, "out");
  await exportRun({
    ...{
      run,
      out,
      engine,
      choice: { at: {} },
      formats: ["safetensors"],
      page: true,
      license: null,
    },
    ...{ versions: { clusterfit: "9.9" }, threads: 1, say() {} },
    signal: new AbortController().signal,
    ...options,
  });
  return out;
}

async function exportOf(made: MadeUp): Promise<{ readonly out: string } & AsyncDisposable> {
  const run = await madeUpRun(made);
  return { out: await exported(run), [Symbol.asyncDispose]: () => run[Symbol.asyncDispose]() };
}

const names = async (dir: string) =>
  (await Array.fromAsync(Deno.readDir(dir))).map(({ name }) => name).sort();

const config = async (out: string) => JSON.parse(await Deno.readTextFile(join(out, "config.json")));

/** The distances of every row to every centroid, in NumPy's float64, and each row's two nearest. */
const reference = `
import csv, json, sys
import numpy as np
folder, normalise = sys.argv[1], sys.argv[2] == "true"
rows = np.load(folder + "/features.npy")
centroids = np.load(folder + "/centroids.npy")
assert rows.dtype == centroids.dtype == np.float32
exact = rows.astype(np.float64)
if normalise:
    exact = (exact / (np.linalg.norm(exact, axis=1, keepdims=True) + 1e-5)).astype(np.float32).astype(np.float64)
apart = np.linalg.norm(exact[:, None] - centroids.astype(np.float64), axis=2)
order = np.argsort(apart, axis=1)
pick = lambda place: np.take_along_axis(apart, order[:, place:place + 1], axis=1)[:, 0]
print(json.dumps({
    "rows": rows.tolist(), "shape": centroids.shape,
    "cluster": order[:, 0].tolist(), "second": order[:, 1].tolist(),
    "distance": pick(0).tolist(), "margin": (pick(1) - pick(0)).tolist(),
}))
`;

for (const normalise of [true, false]) {
  Deno.test(`the tables are those of float64, normalised: ${normalise}`, async () => {
    await using made = await madeUpRun({ normalise });
    const folder = join(await exported(made), "clusters");
    const expected = JSON.parse(await venvPython(reference, folder, String(normalise)));
    expect(expected.rows.flat()).toEqual([...made.features]);
    expect(expected.shape).toEqual([k, dimensions]);
    for (const file of ["labels.parquet", "labels.csv"]) {
      const { columns } = await readTable(join(folder, file));
      expect([...columns.keys()]).toEqual(["path", "cluster", "distance", "margin", "second"]);
      const numbers = (name: string) => columns.get(name)!.map(Number);
      expect(columns.get("path")).toEqual(sources);
      expect(numbers("cluster")).toEqual(expected.cluster);
      expect(numbers("second")).toEqual(expected.second);
      for (const name of ["distance", "margin"]) {
        numbers(name).forEach((value, row) => expect(value).toBeCloseTo(expected[name][row], 12));
      }
    }
  });
}

Deno.test("a card says that no labels were used where none were, in the clusters either", async () => {
  const card = async (clusteredBy: string) => {
    await using made = await exportOf({ clusteredBy });
    return await Deno.readTextFile(join(made.out, "README.md"));
  };
  expect(await card("cluster")).toContain("trained from scratch, without labels, to tell");
  for (const stage of ["cluster-guided", "cluster-per-label", "prototypes"]) {
    const text = await card(stage);
    expect(text).toContain("## Clusters");
    expect(text).not.toContain("without labels, to tell");
    expect(text).toContain(", with labels of the pictures (ClusterFit");
  }
});

Deno.test("the config says how pictures are read, in timm's form", async () => {
  await using made = await exportOf({});
  expect(await config(made.out)).toEqual({
    ...{ architecture: "resnet10-small", num_classes: k, num_features: 64 },
    pretrained_cfg: {
      ...{ tag: "clusterfit", num_classes: k, input_size: [3, 16, 16], fixed_input_size: false },
      ...{ crop_pct: 1, crop_mode: "center", interpolation: "bilinear" },
      ...{ mean: [0.5, 0.5, 0.5], std: [64 / 255, 64 / 255, 64 / 255] },
    },
  });
  await using sized = await exportOf({ size: 24 });
  expect((await config(sized.out)).pretrained_cfg.input_size).toEqual([3, 24, 24]);
});

Deno.test("a network that came from elsewhere is read as those have it that took its features", async () => {
  const preprocessing = {
    ...{ resize: 20, interpolation: "bicubic" as const },
    ...{ mean: [0.1, 0.2, 0.3] as const, std: [0.4, 0.5, 0.6] as const },
  };
  await using made = await madeUpRun({ given: preprocessing });
  const out = await exported(made, { choice: { arm: "npre", at: {} } });
  expect((await config(out)).pretrained_cfg).toMatchObject({
    ...{ input_size: [3, 16, 16], crop_pct: 0.8, interpolation: "bicubic" },
    ...{ mean: preprocessing.mean, std: preprocessing.std },
  });
  expect(await names(out)).toEqual(
    [
      ...["README.md", "config.json", "export.json", "features.npy", "load.py"],
      "model.safetensors",
    ],
  );
  const own = await venvPython(
    "import numpy, sys; print(numpy.load(sys.argv[1]).ravel().tolist())",
    join(out, "features.npy"),
  );
  expect(JSON.parse(own)).toEqual([...made.features]);
});

Deno.test("a network of another library is exported by its names", async () => {
  await using made = await exportOf({
    ...{ arch: "timm:vit_tiny_patch16_224?size=16&pool=mean", width: null, size: 16 },
  });
  expect(await config(made.out)).toMatchObject({
    ...{ architecture: "vit_tiny_patch16_224", num_classes: k, num_features: 192 },
    model_args: { img_size: 16, global_pool: "avg", fc_norm: false },
  });
  expect(await names(made.out)).not.toContain("load.py");
  const card = await Deno.readTextFile(join(made.out, "README.md"));
  expect(card).toContain("library_name: timm");
  expect(card).toContain('timm.create_model("local-dir:.", pretrained=True)');
});

Deno.test("the card has the run's numbers", async () => {
  await using made = await madeUpRun();
  const out = await exported(made, { license: "mit" });
  const text = await Deno.readTextFile(join(out, "README.md"));
  const card = text.replaceAll(/ +/g, " ");
  expect(card).toMatch(/^---\nlicense: "mit"\nlibrary_name: pytorch\npipeline_tag: image-feature-/);
  expect(card).toContain("Npre, the teacher, trained on rotations");
  expect(card).toContain("In the run `made` it is Ncf, seed 7");
  expect(card).toContain(
    "| Names in held-out icon families (380, 3,105) | top-1 | 49.2 | 49.6 ± 0.4 | 45.5 ± 1.3 | 47.4 ± 0.9 | 1.9 |",
  );
  const clusters = JSON.parse(
    await Deno.readTextFile(
      join(runPaths(made.dir).artifact("seed-7.ncf.clusters"), "clusters.json"),
    ),
  );
  expect(card).toContain(`| sum of squared distances | ${sixDigits(clusters.objective)} |`);
  expect(card).toContain(`| K | ${k} |`);
  expect(card).toContain(`Icons: ${rows} pictures`);
  expect(card).toContain("| Material Design Icons | Apache-2.0 |");
  expect(card).toContain("| clusterfit | 0.1.0 | 9.9 |");
  expect(card).not.toContain("onnxruntime");
});

Deno.test("the licences of pictures from elsewhere are not claimed", async () => {
  await using made = await exportOf({ sources: sources.map((_, row) => `holiday/${row}.jpg`) });
  const card = await Deno.readTextFile(join(made.out, "README.md"));
  expect(card).toContain("Their licences are not known here");
  expect(card).toContain("license: other\nlicense_name: not-stated");
  const { columns } = await readTable(join(made.out, "clusters", "labels.csv"));
  expect(columns.get("path")?.[3]).toBe("holiday/3.jpg");
});

Deno.test("the page shows pictures of every cluster, unless it is left out", async () => {
  await using made = await madeUpRun();
  const clusters = join(await exported(made), "clusters");
  const page = await Deno.readTextFile(join(clusters, "clusters.html"));
  expect(page.match(/<article /g)).toHaveLength(k);
  expect(page).toContain('alt="mdi:&quot;icon&quot;, 7"');
  const { columns } = await readTable(join(clusters, "labels.csv"));
  const distances = columns.get("distance")!.map(Number);
  const first = distances.indexOf(Math.min(...distances));
  const cluster = columns.get("cluster")![first];
  expect(page.match(new RegExp(`id="cluster-${cluster}"[^]*?title="([^"]*)"`))?.[1]).toBe(
    `mdi:&quot;icon&quot;, ${first}, ${distances[first]!.toPrecision(3)}`,
  );
  await exported(made, { page: false });
  expect(await names(clusters)).not.toContain("clusters.html");
});

Deno.test("a run that is damaged or not finished is refused, and nothing is written", async () => {
  await using made = await madeUpRun();
  const centroids = join(
    runPaths(made.dir).artifact("seed-7.ncf.clusters"),
    "centroids.safetensors",
  );
  await Deno.writeTextFile(centroids, "{}");
  await expect(exported(made)).rejects.toThrow(
    /^Cannot export from the run made: it needs a finished run, found that .*centroids.safetensors is damaged/,
  );
  await Deno.remove(runPaths(made.dir).artifact("summary"), { recursive: true });
  await expect(exported(made)).rejects.toThrow(/Cannot read what the run made measured: .*summary/);
  expect(await names(made.runs)).toEqual(["made"]);
});

Deno.test("a form that is refused, or Ctrl-C, leaves nothing", async () => {
  await using made = await madeUpRun();
  const refusing = {
    ...engine,
    export: { ...engine.export, program: () => Promise.reject(new Error("it does not agree")) },
  };
  const formats = ["safetensors", "torch-export"] as const;
  await expect(exported(made, { formats, engine: refusing })).rejects.toThrow("does not agree");
  expect(await names(made.runs)).toEqual(["made"]);
  const stop = new AbortController();
  const say = () => stop.abort(new Error("stopped"));
  await expect(exported(made, { say, signal: stop.signal })).rejects.toThrow("stopped");
  expect(await names(made.runs)).toEqual(["made"]);
});
