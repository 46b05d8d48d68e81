import { expect } from "expect";
import { join } from "node:path";
import { main } from "../../../src/cli/main.ts";
import { writeNpy } from "../../../src/data/matrices/npy.ts";
import { readTable } from "../../../src/tables/read.ts";

/** A folder with x.npy, three rows far apart twice each; what a command said there. */
async function folder() {
  const dir = await Deno.makeTempDir();
  const rows = [[9, 0], [0, 9], [9, 9], [9, 0], [0, 9], [9, 9]].flat();
  await writeNpy(join(dir, "x.npy"), Float32Array.from(rows), [6, 2]);
  return {
    dir,
    path: (name: string) => join(dir, name),
    async run(...args: string[]) {
      const said = { stdout: "", stderr: "" };
      const real = { stdout: Deno.stdout.writeSync, stderr: Deno.stderr.writeSync };
      const log = console.error;
      for (const name of ["stdout", "stderr"] as const) {
        Deno[name].writeSync = (bytes) => {
          said[name] += new TextDecoder().decode(bytes);
          return bytes.length;
        };
      }
      console.error = (text) => void (said.stderr += `${text}\n`);
      try {
        return { code: await main(["cluster", ...args], () => Promise.resolve()), ...said };
      } finally {
        Object.assign(Deno.stdout, { writeSync: real.stdout });
        Object.assign(Deno.stderr, { writeSync: real.stderr });
        console.error = log;
      }
    },
    [Symbol.asyncDispose]: () => Deno.remove(dir, { recursive: true }),
  };
}

Deno.test("clusterfit cluster turns features into labels and centroids, the file's size said first", async () => {
  await using at = await folder();
  const [features, out] = [at.path("x.npy"), at.path("labels.csv")];
  const { code, stdout } = await at.run(
    ...["--features", features, "--k", "3", "--out", out, "--no-normalise"],
    ...["--centroids", at.path("c.npy"), "--seed", "7"],
  );
  expect(code).toBe(0);
  expect(stdout).toMatch(/^.*x\.npy: 6 rows of 2 float32 numbers\n/);
  expect(stdout).toContain("Sizes      2 to 2, median 2");
  const { columns } = await readTable(out);
  const labels = columns.get("cluster")!.map(Number);
  expect(labels.slice(0, 3)).toEqual(labels.slice(3));
  expect(new Set(labels).size).toBe(3);
  expect((await Deno.stat(at.path("c.npy"))).size).toBe(128 + 3 * 2 * 4);
  expect((await Array.fromAsync(Deno.readDir(at.dir))).length).toBe(3);
});

Deno.test("clusterfit cluster --json prints one object, and progress on stderr", async () => {
  await using at = await folder();
  const { stdout, stderr } = await at.run(
    ...["--features", at.path("x.npy"), "--k", "4", "--out", at.path("labels.npy"), "--json"],
  );
  expect(JSON.parse(stdout)).toMatchObject({
    ...{ rows: 6, columns: 2, k: 4, seed: 0, empty: 1, distinct: 3, objective: 0 },
    ...{ labels: at.path("labels.npy"), centroids: null },
  });
  expect(stderr).toContain("6 rows of 2 float32 numbers");
});

Deno.test("clusterfit cluster in two phases and under a cap: no cluster is larger", async () => {
  await using at = await folder();
  const draw = Float32Array.from({ length: 400 }, (_, at) => Math.sin(at * at) ** 3);
  await writeNpy(at.path("x.npy"), draw, [200, 2]);
  const args = ["--features", at.path("x.npy"), "--k", "8", "--out", at.path("l.npy"), "--json"];
  const ask = async (...more: string[]) => JSON.parse((await at.run(...args, ...more)).stdout);
  const phases = ["--subsample", "60", "--subsample-iterations", "3", "--full-iterations", "1"];
  const free = await ask(...phases);
  expect(free).toMatchObject({ iterations: 1, rows: 200 });
  expect(free).not.toHaveProperty("gap");
  expect(Math.max(...free.sizes)).toBeGreaterThan(28);
  const capped = await ask(...phases, "--balance", "1.1");
  expect(Math.max(...capped.sizes)).toBeLessThanOrEqual(28);
  expect(capped.gap).toBeLessThanOrEqual(0.01);
  expect(Math.max(...(await ask("--max-size", "25")).sizes)).toBe(25);
  const { stdout } = await at.run(...args.slice(0, -1), "--max-size", "25");
  expect(stdout).toMatch(/Cap +0\.\d\d% above the best assignment under it at most/);
});

Deno.test("clusterfit cluster within labels: no cluster has rows of two of them", async () => {
  await using at = await folder();
  await Deno.writeTextFile(at.path("t.csv"), "path,label\nb,x\na,x\nc,y\nf,y\ne,y\nd,y\n");
  const ask = async (...args: string[]) => {
    const features = ["--features", at.path("x.npy"), "--no-normalise", "--json"];
    const { code, stdout } = await at.run(...features, "--out", at.path("l.csv"), ...args);
    expect(code).toBe(0);
    const ids = (await readTable(at.path("l.csv"))).columns.get("cluster")!.map(Number);
    return { ...JSON.parse(stdout), ids };
  };
  // in the order of the rows: x x y y y y, of shares 1.24 and 1.76 of three clusters
  const inOrder = await ask("--within", at.path("t.csv"), "--k", "3");
  expect(inOrder).toMatchObject({ k: 3, rows: 6 });
  expect(inOrder.ids.slice(0, 2)).toEqual([0, 0]);
  expect(new Set(inOrder.ids.slice(2))).toEqual(new Set([1, 2]));
  // by path, where the features have names: row 0 is f, of y
  await Deno.writeTextFile(at.path("x.csv"), "path\nf\na\nb\nc\nd\ne\n");
  const byPath = await ask("--within", at.path("t.csv"), "--k", "2");
  expect(byPath.ids).toEqual([1, 0, 0, 1, 1, 1]);

  const means = await ask("--prototypes", at.path("t.csv"), "--centroids", at.path("c.npy"));
  // x: the mean of (0, 9) and (9, 9); y: of (9, 0) three times and (0, 9)
  expect(means).toMatchObject({ k: 2, iterations: 0, ids: [1, 0, 0, 1, 0, 0] });
  expect((await Deno.stat(at.path("c.npy"))).size).toBe(128 + 2 * 2 * 4);
});

for (
  const [what, table, args, message] of [
    ["a table of fewer rows", "label\na\n", ["--k", "2"], "needs one for each of 6 rows, found 1"],
    ["no column of labels", "name\na\n", ["--k", "2"], "found columns name"],
    ["several labels", "tags\na;b\n", ["--k", "2"], `none, or several, in "tags"`],
    ["too few clusters", "label\n1\n2\n3\n4\n5\n6\n", ["--k", "5"], "it needs 6 clusters or more"],
    ["no K", "label\na\n", [], "it needs the number of clusters, found none"],
    ["a cap", "label\na\n", ["--k", "2", "--balance", "2"], "--within alone, found --balance"],
    ["prototypes", "label\na\n", ["--prototypes", "t.csv"], "labels alone"],
  ] as const
) {
  Deno.test(`clusterfit cluster within labels and ${what} says what is wrong, and writes nothing`, async () => {
    await using at = await folder();
    await Deno.writeTextFile(at.path("t.csv"), table);
    const { code, stderr } = await at.run(
      ...["--features", at.path("x.npy"), "--out", at.path("o.csv"), "--within", at.path("t.csv")],
      ...args,
    );
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect((await Array.fromAsync(Deno.readDir(at.dir))).length).toBe(2);
  });
}

Deno.test("clusterfit cluster guided by labels: rows of one label come together, and others follow", async () => {
  await using at = await folder();
  await Deno.writeTextFile(at.path("x.csv"), "path\na\nb\nc\nd\ne\nf\n");
  // of f there is no label
  await Deno.writeTextFile(at.path("t.csv"), "path,label\nb,x\nc,y\na,y\ne,x\nd,x\n");
  const ask = async (...args: string[]) => {
    const features = ["--features", at.path("x.npy"), "--no-normalise", "--k", "2"];
    const { code, stdout } = await at.run(...features, "--out", at.path("l.csv"), ...args);
    expect(code).toBe(0);
    return stdout;
  };
  const json = async (weight: string) =>
    JSON.parse(await ask("--guide", at.path("t.csv"), "--guide-weight", weight, "--json"));
  const plain = JSON.parse(await ask("--json"));
  expect(plain).not.toHaveProperty("impurity");
  expect(await json("0")).toEqual(plain);
  expect((await json("1e6")).impurity).toBe(0);
  const ids = (await readTable(at.path("l.csv"))).columns.get("cluster")!.map(Number);
  expect(ids[0]).toBe(ids[2]);
  expect([ids[1], ids[3]]).toEqual([ids[4], ids[4]]);
  expect(ids[0]).not.toBe(ids[1]);
  expect(ids[5]).toBe(ids[0]); // (0, 9) is nearer to the mean of (0, 9) and (9, 0)
  expect(await ask("--guide", at.path("t.csv"), "--guide-weight", "1")).toContain("\nImpurity   ");
});

for (
  const [args, message] of [
    [["--guide", "t.csv"], "it needs --guide-weight, too, found --guide alone"],
    [["--guide-weight", "1"], "it needs --guide, too, found --guide-weight alone"],
    [["--guide", "t.csv", "--guide-weight", "-1"], "it needs a weight of 0 or more, found -1"],
    [["--guide", "t.csv", "--guide-weight", "1", "--within", "t.csv"], "found --within too"],
    [
      ["--guide", "t.csv", "--guide-weight", "1", "--max-size", "4"],
      "--guide alone, found --max-size",
    ],
  ] as const
) {
  Deno.test(`clusterfit cluster with ${args.join(" ")} says what is wrong`, async () => {
    await using at = await folder();
    await Deno.writeTextFile(at.path("t.csv"), "label\nx\nx\ny\ny\ny\ny\n");
    const here = args.map((arg) => arg === "t.csv" ? at.path(arg) : arg);
    const { code, stderr } = await at.run(
      ...["--features", at.path("x.npy"), "--out", at.path("o.csv"), "--k", "2", ...here],
    );
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
}

Deno.test("clusterfit cluster guided by labels of other paths alone is refused", async () => {
  await using at = await folder();
  await Deno.writeTextFile(at.path("x.csv"), "path\na\nb\nc\nd\ne\nf\n");
  await Deno.writeTextFile(at.path("t.csv"), "path,label\nz,x\n");
  const { stderr } = await at.run(
    ...["--features", at.path("x.npy"), "--out", at.path("o.csv"), "--k", "2"],
    ...["--guide", at.path("t.csv"), "--guide-weight", "1"],
  );
  expect(stderr).toContain("found none for a.");
});

Deno.test("clusterfit cluster by path refuses labels of other paths, and prototypes a number of clusters", async () => {
  await using at = await folder();
  await Deno.writeTextFile(at.path("x.csv"), "path\nf\na\nb\nc\nd\ne\n");
  await Deno.writeTextFile(at.path("t.csv"), "path,label\nf,x\n");
  const args = ["--features", at.path("x.npy"), "--out", at.path("o.csv")];
  const { stderr } = await at.run(...args, "--prototypes", at.path("t.csv"));
  expect(stderr).toContain("it needs one for each path of the features, found none for a.");
  const both = await at.run(...args, "--prototypes", at.path("t.csv"), "--k", "3");
  expect(both.stderr).toContain("one cluster for each of them, found --k too");
});

for (
  const [what, args, message] of [
    ["too many clusters", ["--k", "7"], "it needs 1 to 6 clusters, found 7"],
    ["no number", ["--k", "x"], `It needs a number, got "x"`],
    ["half a cluster", ["--k", "1.5"], `It needs a whole number from 1, got "1.5"`],
    ["a seed that no run has", ["--seed", "4294967296"], "from 0 to 4294967295"],
    ["an unknown option", ["--iteration", "3"], "unknown option '--iteration'"],
    ["an unknown engine", ["--engine", "sklearn"], "Allowed choices are auto, faiss, torch"],
    ["a name of no form", ["--out", "a.txt"], `found ".txt"`],
    ["a missing folder", ["--out", "/missing/a.csv"], "it needs a folder /missing, found none"],
    ["half of two phases", ["--full-iterations", "2"], "it needs --subsample, found their"],
    ["a subsample below K", ["--subsample", "1"], "it needs a subsample of 2 to 6 rows, found 1"],
    ["a cap without room", ["--max-size", "2"], "it needs room for 6, found 2 clusters"],
    ["a cap below the mean", ["--balance", "0.5"], "clustering.balance"],
    ["a missing file", ["--features", "/missing/a.npy"], "it needs a file, found none"],
  ] as const
) {
  Deno.test(`clusterfit cluster with ${what} says what is wrong, and writes nothing`, async () => {
    await using at = await folder();
    const { code, stderr } = await at.run(
      ...["--features", at.path("x.npy"), "--k", "2", "--out", at.path("o.csv"), ...args],
    );
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect((await Array.fromAsync(Deno.readDir(at.dir))).length).toBe(1);
  });
}

Deno.test("clusterfit cluster does not write over what it reads", async () => {
  await using at = await folder();
  const path = at.path("x.npy");
  const { code, stderr } = await at.run("--features", path, "--k", "2", "--out", path);
  expect([code, stderr]).toEqual([2, expect.stringContaining("Give another name.")]);
});
