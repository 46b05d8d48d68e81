/** Bad input: one clear message, exit code 2, nothing half written. */
import { join } from "node:path";
import { expect } from "expect";
import { run, small } from "./command.ts";

const mistakes: { name: string; args: string[]; says: RegExp }[] = [
  { name: "an unknown option", args: ["--epoch", "3"], says: /Did you mean --epochs\?/ },
  { name: "a number that is none", args: ["--k", "many"], says: /needs a number, got "many"/ },
  {
    name: "an unknown key",
    args: ["--set", "trainig.shift=1"],
    says: /Unknown key "trainig.shift". Did you mean training.shift\?/,
  },
  { name: "a single cluster", args: ["--k", "1"], says: /k >= 2 \(got 1\)/ },
  {
    name: "more clusters than pictures",
    args: ["--k", "99", "--set", "images=50"],
    says: /k <= number/,
  },
  {
    name: "more icons than there are",
    args: ["--set", "images=900000"],
    says: /larger pool|at most/,
  },
  { name: "an unknown network", args: ["--arch", "resnet11"], says: /resnet10-small/ },
  { name: "a GPU that is not there", args: ["--device", "cuda:7"], says: /GPU/ },
  { name: "an unknown teacher", args: ["--teacher", "jigsaw"], says: /rotnet/ },
  {
    name: "a missing config file",
    args: ["--config", "/nowhere.json"],
    says: /config file \/nowhere.json/,
  },
  { name: "an output folder that cannot be made", args: ["--out", "/proc/x"], says: /--out/ },
];

for (const { name, args, says } of mistakes) {
  Deno.test(`${name} ends with exit code 2 and one message`, async () => {
    const out = await Deno.makeTempDir();
    const { code, stderr, stdout } = await run([...small, "--out", out, ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: expect.any(String) });
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
}

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
      expect(full.stderr).not.toMatch(/^\s+at /m);
      await mount("mount", "-o", "remount,size=200m", out);
      expect((await run([...small, "--out", out])).code).toBe(0);
    } finally {
      await mount("umount", out);
    }
  },
});
