import { expect } from "expect";
import { join } from "node:path";
import sharp from "sharp";
import { until } from "../until.ts";
import { manifests, onlyRun, run, start } from "./command.ts";

/** Shapes of four kinds in colours of their own, as JPEG; one file of them is text. */
async function shapes(folder: string): Promise<void> {
  const drawn: Record<string, (at: number) => string> = {
    circles: (at) => `<circle cx="${40 + at}" cy="32" r="${14 + at % 9}"/>`,
    squares: (at) => `<rect x="${20 + at}" y="${12 + at % 8}" width="34" height="34"/>`,
    bars: (at) => `<rect x="0" y="${8 + at}" width="96" height="${6 + at % 5}"/>`,
    wedges: (at) => `<path d="M ${10 + at} 60 L 48 ${4 + at % 9} L 86 60 Z"/>`,
  };
  for (const [name, draw] of Object.entries(drawn)) {
    await Deno.mkdir(join(folder, name), { recursive: true });
    for (let at = 0; at < 24; at++) {
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="64">` +
        `<rect width="96" height="64" fill="hsl(${at * 15} 60% 80%)"/><g fill="hsl(${
          at * 37
        } 80% 30%)">` +
        `${draw(at)}</g></svg>`;
      const jpeg = await sharp(new TextEncoder().encode(svg)).jpeg().toBuffer();
      await Deno.writeFile(join(folder, name, `${at}.jpg`), jpeg);
    }
  }
  await Deno.writeTextFile(join(folder, "bars", "notes.jpg"), "no picture");
}

async function scratch() {
  const dir = await Deno.makeTempDir();
  const photos = join(dir, "photos");
  await shapes(photos);
  return {
    photos,
    out: (name: string) => join(dir, name),
    [Symbol.asyncDispose]: () => Deno.remove(dir, { recursive: true }),
  };
}

/** How much has happened in the one run below `out`. */
function eventsIn(out: string): number {
  try {
    const [run] = [...Deno.readDirSync(out)].filter(({ name }) => name.startsWith("rotnet-"));
    return Deno.readTextFileSync(join(out, run!.name, "events.jsonl")).split("\n").length;
  } catch {
    return 0; // it has not begun
  }
}

const settings = ["maxBad=0.02", "training.batchSize=16", "probe.costs=[0.1]", "threads=1"]
  .flatMap((set) => ["--set", set]);

Deno.test("a folder and a teacher of another library become a student of another, its scores and an export", async () => {
  await using at = await scratch();
  const out = at.out("runs");
  const { code, stdout, stderr } = await run([
    ...["--data", at.photos, "--teacher", "efficientnet-lite0", "--student", "timm:test_resnet"],
    ...["--target", `shapes=${at.photos}`, "--k", "6", "--epochs", "3", "--set", "size=64"],
    ...[...settings, "--out", out, "--json"],
  ]);
  expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
  expect(stderr).toContain("EfficientNet-Lite0");
  const [shapesOf] = JSON.parse(stdout).targets;
  expect(shapesOf).toMatchObject({ target: "shapes", metric: "top-1" });
  expect(Object.keys(shapesOf.scores)).toEqual(["teacher", "ncf"]);
  const dir = await onlyRun(out);
  expect(await Deno.readTextFile(join(dir, "artifacts/pictures/bad.csv"))).toContain(
    "bars/notes.jpg",
  );
  const summary = JSON.parse(await Deno.readTextFile(join(dir, "summary.json")));
  const free = summary.measurements.filter(({ target }: { target: unknown }) => target === null);
  expect(free.map(({ arm }: { arm: string }) => arm).sort()).toEqual(["ncf", "ncf", "teacher"]);

  const exported = await run(["export", dir, "--out", at.out("export")]);
  expect({ code: exported.code, stderr: exported.code === 0 ? "" : exported.stderr })
    .toEqual({ code: 0, stderr: "" });
  const labels = await Deno.readTextFile(join(at.out("export"), "clusters/labels.csv"));
  expect(labels.trim().split("\n").length).toBe(1 + 96);

  const npy = at.out("features.npy");
  const features = ["features", "--data", at.photos, "--network", "efficientnet-lite0"];
  expect((await run([...features, "--out", npy, "--runs", out, "--set", "maxBad=0.02"])).code).toBe(
    0,
  );
  expect((await Deno.stat(npy)).size).toBe(128 + 96 * 1280 * 4);
  const rows = await Deno.readTextFile(at.out("features.csv"));
  expect(rows.trim().split("\n").slice(0, 2)).toEqual(["path", "bars/0.jpg"]);

  const shown = await run(["report", dir, "--json"]);
  expect(JSON.parse(shown.stdout).targets).toEqual([shapesOf]);
  const table = join(at.photos, "labels.csv"); // beside the pictures, its clusters are labels
  await Deno.writeTextFile(table, labels);
  const fitted = await run([
    ...["fit", "--data", table, "--student", "resnet10-small", "--epochs", "1"],
    ...[...settings, "--out", at.out("fit"), "--json"],
  ]);
  expect({ code: fitted.code, stderr: fitted.code === 0 ? "" : fitted.stderr })
    .toEqual({ code: 0, stderr: "" });
  expect(Object.keys(await manifests(at.out("fit")))).toContain("seed-0.net");
});

Deno.test("two runs on a folder, and one killed at seven moments, give the same bytes", async () => {
  await using at = await scratch();
  const args = [
    ...["--data", at.photos, "--target", `shapes=${at.photos}`, "--student", "resnet10-small"],
    ...["--set", "width=8", "--k", "6", "--epochs", "12", "--seed", "5", ...settings],
  ];
  const first = await run([...args, "--out", at.out("a")]);
  expect({ code: first.code, stderr: first.code === 0 ? "" : first.stderr })
    .toEqual({ code: 0, stderr: "" });
  expect((await run([...args, "--out", at.out("b")])).code).toBe(0);

  const signals: unknown[] = [];
  for (const events of [4, 9, 6, 12, 5, 8, 3]) { // more of them than a run has left end it unharmed
    const child = start([...args, "--out", at.out("killed")]);
    let ended = false;
    const output = child.output().finally(() => ended = true);
    const before = eventsIn(at.out("killed"));
    await until(() => ended || eventsIn(at.out("killed")) >= before + events);
    if (!ended) child.kill("SIGKILL");
    signals.push((await output).signal);
  }
  expect(signals).toContain("SIGKILL");
  expect((await run([...args, "--out", at.out("killed")])).code).toBe(0);

  const expected = await manifests(at.out("a"));
  expect(Object.keys(expected)).toContain("seed-5.ncf.shapes");
  expect(await manifests(at.out("b"))).toEqual(expected);
  expect(await manifests(at.out("killed"))).toEqual(expected);
});
