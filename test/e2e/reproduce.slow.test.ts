import { join } from "node:path";
import { expect } from "expect";
import { onlyRun, run as runTask } from "./command.ts";

const run = (args: readonly string[]) => runTask(args, {}, "reproduce");

/** Every stage of Figure 3 in seconds. */
const tiny = [
  ...["images=300", "epochs=2", "noise=[0,50]", "k=[5,10]", "names=20", "targetSize=20", "width=8"],
  ...["training.batchSize=64", "clustering.iterations=3", "probe.costs=[0.01]"],
].flatMap((setting) => ["--set", setting]);

Deno.test("Figure 3 runs from one command, is judged, gives its page, and is then shown at once", async () => {
  const out = await Deno.makeTempDir();
  const page = join(out, "pages", "here");
  const args = ["figure3", ...tiny, "--seeds", "3,4", "--out", join(out, "runs")];
  const first = await run([...args, "--json", "--page", page]);
  expect({ code: first.code, stderr: first.code === 0 ? "" : first.stderr })
    .toEqual({ code: 0, stderr: "" });

  const { claims, missing, targets } = JSON.parse(first.stdout);
  expect(missing).toEqual([]);
  expect(claims.length).toBe(13);
  for (const { verdict } of claims) expect(verdict).toMatch(/^(holds|does not hold|undecided)$/);
  expect(new Set(targets.map(({ target }: { target: string }) => target)))
    .toEqual(new Set(["aligned-names", "emoji-identity", "unseen-names"]));

  const names = await Array.fromAsync(Deno.readDir(join(page, "reproduction")), ({ name }) => name);
  expect(names.sort()).toEqual(["figure3.json", "figure3.md", "figure3.svg"]);
  expect(await Deno.readTextFile(join(page, "REPRODUCTION.md"))).toContain(
    "](reproduction/figure3.svg)",
  );
  const kept = (name: string) => Deno.readTextFile(join(page, "reproduction", name));
  expect(await kept("figure3.md")).toContain(" task reproduce figure3 --set images=300");
  const { measurements } = JSON.parse(await kept("figure3.json")).summary;
  // 2 noises x (Npre, distilled, Ncf at 2 K) x 3 targets x 2 seeds
  expect(measurements.length).toBe(2 * 4 * 3 * 2);

  // the numbers on the page stand for the run, where its folder is gone too; of other settings they do not
  const elsewhere = ["--out", join(out, "none"), "--page", page, "--explain"];
  const known = await run([...args, ...elsewhere]);
  expect([known.code, known.stdout]).toEqual([0, expect.stringContaining("nothing to run")]);
  const other = await run([...args, "--set", "epochs=3", ...elsewhere]);
  expect([other.code, other.stdout]).toEqual([0, expect.stringMatching(/stages: \d+ to run/)]);

  const again = await run(args);
  expect(again.code).toBe(0);
  expect(again.stdout).toContain("Already done");
  expect(await onlyRun(join(out, "runs"))).toMatch(/figure3-[0-9a-f]{8}$/);
});

const others = [
  ["table4", "[5,10]", 4],
  ["table5", "[5,10]", 3],
  ["figure5", "[5,10]", 3],
  ["figure6", "[150,200]", 3],
  ["figure7", "10", 3],
  ["figure8", "[5,10]", 2],
] as const;

Deno.test("every other experiment on labels runs from one command, and its claims have verdicts", async (test) => {
  const out = await Deno.makeTempDir(); // of all of them: icons and targets are rendered once
  for (const [name, k, targets] of others) {
    await test.step(name, async () => {
      const settings = [
        ...["images=300", "epochs=2", `k=${k}`, "targetSize=20", "width=8"],
        ...["training.batchSize=64", "clustering.iterations=3", "probe.costs=[0.01]"],
        ...(name === "figure5" ? ["larger.width=8"] : []),
        ...(name === "figure7" ? ["labels=[3,10]", "dpre.images=20", "dpre.epochs=2"] : []),
        ...(name === "figure8" ? ["dpre.images=8", "dpre.epochs=2"] : []),
      ].flatMap((setting) => ["--set", setting]);
      const page = join(out, "page");
      const { code, stdout, stderr } = await run([
        ...[name, ...settings, "--seeds", "2", "--json"],
        ...["--out", join(out, "runs"), "--page", page],
      ]);
      expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
      const result = JSON.parse(stdout);
      expect(result.missing).toEqual([]);
      expect(result.targets.length).toBeGreaterThanOrEqual(targets);
      expect(result.claims.length).toBeGreaterThanOrEqual(targets);
      expect(await Deno.readTextFile(join(page, "reproduction", `${name}.md`))).toContain(
        "## The paper",
      );
    });
  }
  await Deno.remove(out, { recursive: true });
});

Deno.test("arms that diverge are told, and what the others measured is shown", async () => {
  const out = await Deno.makeTempDir();
  // a distillation so hard that its loss leaves float32
  const hard = ["--set", "distillation.temperature=1e30"];
  const { code, stdout, stderr } = await run([
    ...["figure3", ...tiny, ...hard],
    ...["--seed", "3", "--out", out],
  ]);
  expect(code).toBe(2);
  expect(stdout).toMatch(/label noise 50%, K 10/);
  expect(stdout).toContain("Not measured, because a stage failed: Distilled");
  expect(stderr).toMatch(/^error: [^\n]*lower learning rate[^\n]*\n$/);
});

Deno.test("the list names each experiment with its time; what there is not is one message with a next step", async () => {
  const list = await run(["--list"]);
  expect([list.code, list.stdout]).toEqual([
    0,
    expect.stringMatching(/figure3[^]*--scale small .*minutes/),
  ]);
  for (const args of [["figure99"], ["figure3", "--scale", "huge"]]) {
    const { code, stderr } = await run(args);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^error: Cannot reproduce [^\n]*--list`\.\n$/),
    });
  }
});
