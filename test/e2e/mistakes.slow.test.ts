/** Bad input: one clear message, exit code 2, nothing half written. */
import { basename, join } from "node:path";
import { expect } from "expect";
import { readManifest } from "../../src/pipeline/artifact.ts";
import { commandLine, onlyRun, run, small } from "./command.ts";

const mistakes: {
  name: string;
  args: string[];
  env?: Record<string, string>;
  /** Found out by a stage only, when the run has its folder. */
  late?: boolean;
  says: RegExp;
}[] = [
  { name: "an unknown option", args: ["--epoch", "3"], says: /Did you mean --epochs\?/ },
  { name: "a number that is none", args: ["--k", "many"], says: /needs a number, got "many"/ },
  {
    name: "an unknown key",
    args: ["--set", "trainig.shift=1"],
    says: /Cannot set "trainig.shift": it needs a key of the config. Did you mean training.shift\?/,
  },
  { name: "a single cluster", args: ["--k", "1"], says: /k >= 2, found 1/ },
  {
    name: "more clusters than images",
    args: ["--k", "99", "--set", "images=50"],
    says: /k <= number/,
  },
  {
    name: "more icons than there are",
    args: ["--set", "images=900000"],
    late: true,
    says: /larger pool|at most/,
  },
  { name: "an unknown network", args: ["--arch", "resnet11"], says: /resnet10-small/ },
  { name: "a GPU that is not there", args: ["--device", "cuda:7"], says: /GPU/ },
  { name: "an unknown teacher", args: ["--teacher", "rotnest"], says: /rotnet/ },
  {
    name: "a missing config file",
    args: ["--config", "/nowhere.json"],
    says: /config file \/nowhere.json/,
  },
  { name: "an output folder that cannot be made", args: ["--out", "/proc/x"], says: /--out/ },
  {
    name: "an output folder that is a file",
    args: ["--out", Deno.execPath()],
    says: /Cannot make the run folder .*File exists.*with --out/,
  },
  {
    name: "an output folder that is a file, only asked about",
    args: ["--out", Deno.execPath(), "--explain"],
    says: /Not a directory.*A file stands where a folder is needed/,
  },
  {
    name: "an output folder with too long a name",
    args: ["--out", join(Deno.cwd(), "x".repeat(300))],
    says: /name too long.*with --out/,
  },
  { name: "an output folder without a name", args: ["--out", ""], says: /needs a path/ },
  {
    name: "a CLUSTERFIT_PYTHON that names nothing",
    args: [],
    env: { CLUSTERFIT_PYTHON: "/nowhere/python" },
    says: /\/nowhere\/python: no such file/,
  },
  {
    name: "a variable that Python cannot start with",
    args: [],
    env: { PYTHONHASHSEED: "abc" },
    says: /PYTHONHASHSEED must be/,
  },
  {
    name: "a probe.layerBudget below the widest layer",
    args: ["--set", "probe.layerBudget=63"],
    says: /needs probe.layerBudget >= 64/,
  },
];

for (const { name, args, env, late = false, says } of mistakes) {
  Deno.test(`${name} ends with exit code 2 and one message`, async () => {
    const out = await Deno.makeTempDir();
    const { code, stderr, stdout } = await run([...small, "--out", out, ...args], env);
    expect({ code, stdout }).toEqual({ code: 2, stdout: expect.any(String) });
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/^\s+at /m);
    const left = await Array.fromAsync(Deno.readDir(out), ({ name }) => name);
    expect(left.sort()).toEqual(late ? ["objects", expect.stringMatching(/^rotnet-/)] : []);
  });
}

/** Runs the command through a shell that says where its output goes. */
async function redirected(out: string, redirection: string, ...args: string[]) {
  const script = `cd "$0" && { "$@"; echo "code $?" >&2; } ${redirection}`;
  const { stderr } = await new Deno.Command("sh", {
    args: ["-c", script, Deno.cwd(), ...commandLine([...small, "--out", out, ...args])],
  }).output();
  return new TextDecoder().decode(stderr);
}

const outputs = [
  { name: "a closed pipe", redirection: "| head -n 1", says: "Broken pipe" },
  { name: "a full device", redirection: "> /dev/full", says: "No space left on device" },
];
for (const { name, redirection, says } of outputs) {
  Deno.test({
    name: `output to ${name} is one message, and the run's folder stays good`,
    ignore: Deno.build.os !== "linux",
    async fn() {
      const out = await Deno.makeTempDir();
      const told = await redirected(out, redirection);
      expect(told).toMatch(/^error: Cannot write to stdout: [^\n]*\ncode 2\n$/);
      expect(told).toContain(says);
      expect((await run([...small, "--out", out])).code).toBe(0);
      const result = await redirected(out, "> /dev/full", "--json");
      expect(result).toMatch(/\nerror: Cannot write to stdout: [^\n]*\ncode 2\n$/);
      expect((await redirected(out, "> /dev/full 2>&1; true")).trim()).toBe("");
    },
  });
}

Deno.test("PYTHONHOME is no harm", async () => {
  const out = await Deno.makeTempDir();
  const { code, stdout } = await run([...small, "--out", out, "--explain"], {
    PYTHONHOME: "/nowhere",
  });
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining("not made yet") });
});

Deno.test("a folder in place of a file of the run, or a file for a folder, never ends in a stack", async () => {
  const good = await Deno.makeTempDir();
  expect((await run([...small, "--out", good])).code).toBe(0);
  const name = basename(await onlyRun(good));
  const artifact = join(name, "artifacts/seed-0.ncf");
  const object = join("objects", (await readManifest(join(good, artifact)))!.key);
  const folders = [
    ...["run.json", "events.jsonl", "lock", "summary.json", "report.html"].map((file) =>
      join(name, file)
    ),
    ...[artifact, object].map((made) => join(made, "manifest.json")),
    `${object}.lock`,
  ];
  const files = [join(name, "artifacts"), artifact, "objects", object, `${object}.partial`];
  for (const place of [...folders, ...files]) {
    const out = await Deno.makeTempDir();
    await new Deno.Command("cp", { args: ["-r", `${good}/.`, out] }).output();
    const path = join(out, place);
    await Deno.remove(path, { recursive: true }).catch(() => {});
    if (files.includes(place)) await Deno.writeTextFile(path, "x");
    else await Deno.mkdir(path);
    if (/\.(lock|partial)$/.test(place)) { // used only where the object is to be made
      for (const made of [artifact, object]) {
        await Deno.remove(join(out, made), { recursive: true });
      }
    }
    const { code, stderr } = await run([...small, "--out", out]);
    expect({ place, ended: code === 0 || code === 2, stderr }).toEqual({
      place,
      ended: true,
      stderr: code === 0 ? "" : expect.stringMatching(/^error: [^\n]*\n$/),
    });
    if (code === 0) continue;
    await Deno.remove(path, { recursive: true });
    expect({ place, code: (await run([...small, "--out", out])).code }).toEqual({ place, code: 0 });
  }
});

Deno.test("a loss that turns NaN stops the run, keeps the last good checkpoint and says what to try", async () => {
  const out = await Deno.makeTempDir();
  const { code, stderr } = await run([
    ...small,
    ...["--out", out, "--set", "training.learningRate=1e9", "--set", "training.warmupSteps=0"],
  ]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/lower learning rate/);
  expect(stderr).not.toMatch(/^\s+at /m);
});

/** A disk of its own can be mounted by root only: elsewhere the test is counted as skipped. */
const mayMount = Deno.uid() === 0;

Deno.test({
  name: "a full disk stops the run with advice, and the run goes on once there is room",
  ignore: !mayMount,
  async fn() {
    const out = join(await Deno.makeTempDir(), "small-disk");
    await Deno.mkdir(out);
    const mount = (...args: string[]) =>
      new Deno.Command(args[0]!, { args: args.slice(1) }).output();
    const mounted = await mount("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", out);
    expect(mounted.success).toBe(true);
    try {
      const full = await run([...small, "--out", out]);
      expect(full.code).toBe(2);
      expect(full.stderr).toMatch(/disk space|some space/);
      expect((full.stdout + full.stderr).match(/No space left/g)).toHaveLength(1);
      expect(full.stderr).not.toMatch(/^\s+at /m);
      await mount("mount", "-o", "remount,size=200m", out);
      expect((await run([...small, "--out", out])).code).toBe(0);
    } finally {
      await mount("umount", out);
    }
  },
});
