/** An experiment of the paper, as its user starts it, on images few enough for a test. */
import { join } from "node:path";
import { expect } from "expect";
import { studySchema } from "../../src/results/study.ts";
import { run } from "./command.ts";

const tiny = [
  ["images", 300],
  ["targetSize", 20],
  ["width", 8],
  ["epochs", 1],
  ["names", 20],
  ["noise", "[0,50]"],
  ["k", "[10,20]"],
  ["training.batchSize", 64],
  ["clustering.iterations", 3],
  ["probe.layerBudget", 64],
  ["probe.costs", "[0.01]"],
].flatMap(([key, value]) => ["--set", `${key}=${value}`]).concat(["--seed", "3"]);

const reproduce = (...args: string[]) => run(args, {}, "reproduce");

Deno.test("an experiment of the paper goes from its name to scores, judged claims and a page, and is then shown at once", async () => {
  const out = await Deno.makeTempDir();
  const page = join(out, "page");
  const args = ["figure3", "--scale", "small", ...tiny, "--out", join(out, "runs")];
  const first = await reproduce(...args, "--json", "--page", page);
  expect({ code: first.code, stderr: first.code === 0 ? "" : first.stderr })
    .toEqual({ code: 0, stderr: "" });

  const result = JSON.parse(first.stdout);
  expect([result.experiment, result.scale, result.seeds]).toEqual(["figure3", "small", [3]]);
  expect(result.missing).toEqual([]);
  const targets = ["aligned-names", "emoji-identity", "unseen-names"];
  const points = [0, 50].flatMap((noise) => [10, 20].map((k) => ({ noise, k })));
  expect(result.targets.map(({ target, at }: Row) => ({ target, at })))
    .toEqual(expect.arrayContaining(
      targets.flatMap((target) => points.map((at) => ({ target, at }))),
    ));
  expect(result.targets).toHaveLength(targets.length * points.length);
  for (const { scores } of result.targets) {
    expect(Object.keys(scores)).toEqual(["npre", "distilled", "ncf"]);
    expect(Object.values(scores)).not.toContain(null);
  }
  const files = (await Array.fromAsync(Deno.readDir(page))).map(({ name }) => name).sort();
  expect(files).toEqual(["figure3.json", "figure3.md", "figure3.svg"]);
  const numbers = JSON.parse(await Deno.readTextFile(join(page, "figure3.json")));
  const { claims } = studySchema.parse(numbers.study);
  expect(claims.length).toBeGreaterThan(0);
  expect(result.claims.map(({ id }: { id: string }) => id)).toEqual(claims.map(({ id }) => id));
  for (const { verdict } of result.claims) {
    expect(["holds", "does not hold", "undecided"]).toContain(verdict);
  }

  const again = await reproduce(...args);
  expect(again.code).toBe(0);
  expect(again.stdout).toContain("Already done");
});

interface Row {
  readonly target: string;
  readonly at: Readonly<Record<string, number>>;
}

for (
  const { name, args, says } of [
    {
      name: "an experiment that there is not",
      args: ["figure33"],
      says: 'error: Cannot reproduce "figure33": it needs one of figure3. ' +
        "See `deno task reproduce --list`.\n",
    },
    {
      name: "a scale that there is not",
      args: ["figure3", "--scale", "huge"],
      says: 'error: Cannot reproduce figure3 at the scale "huge": it needs one of small. ' +
        "See `deno task reproduce --list`.\n",
    },
  ]
) {
  Deno.test(`${name} ends with exit code 2 and one message that says where they are listed`, async () => {
    const out = await Deno.makeTempDir();
    expect(await reproduce(...args, "--out", out)).toEqual({ code: 2, stdout: "", stderr: says });
    expect(await Array.fromAsync(Deno.readDir(out))).toEqual([]);
  });
}
