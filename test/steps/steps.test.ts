/** What steps refuse before anything is computed, and that a program and the command line mean the same run. */
import { homedir } from "node:os";
import { join } from "node:path";
import { expect } from "expect";
import { clusterFeatures, extractFeatures, fitNetwork, probeNetwork } from "clusterfit";
import { writeNpy } from "../../src/data/matrices/npy.ts";
import { fitJob } from "../../src/steps/fit_network.ts";

const unused = () => Promise.reject(new Error("it is not needed"));

Deno.test("a step is asked for what its command asks for: paths made absolute, nothing filled in", () => {
  const { asked } = fitJob({ data: "~/photos", target: { plants: "./labelled" }, epochs: 3 });
  expect(asked).toEqual({
    ...{ experiment: "fit", data: join(homedir(), "photos"), epochs: 3 },
    target: { plants: join(Deno.cwd(), "labelled") },
  });
});

Deno.test("settings that a config file cannot hold are refused", async () => {
  const data = (() => "photos") as unknown as string;
  await expect(fitNetwork({ data }, { engine: unused })).rejects.toThrow(
    "Cannot take the config: it needs plain values, but data is a function.",
  );
  const misspelt = { data: "photos", epoch: 3 };
  await expect(fitNetwork(misspelt, { engine: unused })).rejects.toThrow("Did you mean epochs?");
});

Deno.test("probeNetwork() needs labelled pictures", async () => {
  const settings = { network: "efficientnet-lite0", target: {} };
  await expect(probeNetwork(settings, { engine: unused })).rejects.toThrow(
    "Cannot probe: it needs labelled pictures, found none.",
  );
});

Deno.test("extractFeatures() needs the name of an npy file in a folder that is there", async () => {
  const settings = { data: "icons", network: "efficientnet-lite0" };
  for (
    const [out, message] of [
      ["x.csv", "it needs a name that ends in .npy"],
      ["/missing/x.npy", "it needs a folder /missing, found none"],
    ] as const
  ) {
    await expect(extractFeatures(settings, { out, engine: unused })).rejects.toThrow(message);
  }
});

Deno.test("clusterFeatures() refuses bad numbers before Python starts", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const file = join(folder, "x.npy");
    await writeNpy(file, new Float32Array(12), [6, 2]);
    const options = { k: 2, out: join(folder, "labels.csv"), engine: unused };
    for (
      const [more, message] of [
        [{ k: 1.5 }, "it needs 1 to 6 clusters, found 1.5"],
        [{ seed: -1 }, "Cannot set seeds.0: "],
        [{ iterations: 0 }, "Cannot set clustering.iterations: "],
        [{ device: "gpu" }, "Cannot set device: "],
      ] as const
    ) {
      await expect(clusterFeatures(file, { ...options, ...more })).rejects.toThrow(message);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("clusterFeatures() puts the names beside the features into its table, and refuses those of others", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const [file, out] = [join(folder, "x.npy"), join(folder, "labels.csv")];
    await writeNpy(file, Float32Array.of(0, 0, 9, 9, 0, 0), [3, 2]);
    await Deno.writeTextFile(join(folder, "x.csv"), "path\na/1.jpg\nb.jpg\na/2.jpg\n");
    await clusterFeatures(file, { k: 2, out, normalise: false });
    const lines = (await Deno.readTextFile(out)).trimEnd().split("\n");
    expect(lines[0]).toBe("row,path,cluster");
    expect(lines.slice(1).map((line) => line.split(",").slice(0, 2)))
      .toEqual([["0", "a/1.jpg"], ["1", "b.jpg"], ["2", "a/2.jpg"]]);
    await Deno.writeTextFile(join(folder, "x.csv"), "path\na/1.jpg\n");
    await expect(clusterFeatures(file, { k: 2, out, engine: unused })).rejects.toThrow(
      "it needs a name for each of its 3 rows in",
    );
    await Deno.writeTextFile(join(folder, "x.csv"), "other\n1\n");
    await clusterFeatures(file, { k: 2, out });
    expect((await Deno.readTextFile(out)).split("\n")[0]).toBe("row,cluster");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("clusterFeatures() gives what it found, tells its progress, and is stopped by its signal", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const [file, out] = [join(folder, "x.npy"), join(folder, "labels.npy")];
    await writeNpy(file, Float32Array.from({ length: 600 }, (_, at) => (at * 37) % 101), [300, 2]);
    const [said, told]: [string[], string[]] = [[], []];
    const found = await clusterFeatures(file, {
      ...{ k: 3, out, centroids: undefined, iterations: 50 },
      say: (line) => void said.push(line),
      progress: ({ unit }) => void told.push(unit),
    });
    expect(said).toEqual([`${file}: 300 rows of 2 float32 numbers`]);
    expect(new Set(told)).toEqual(new Set(["iterations"]));
    expect(found).toMatchObject({ rows: 300, columns: 2, k: 3, seed: 0, labels: out });
    expect(found).toMatchObject({ centroids: null, empty: 0 });
    expect(found.sizes.reduce((sum, size) => sum + size)).toBe(300);
    await Deno.remove(out);
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(clusterFeatures(file, { k: 3, out, signal })).rejects.toThrow("enough");
    expect([...Deno.readDirSync(folder)].map(({ name }) => name)).toEqual(["x.npy"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
