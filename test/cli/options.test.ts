import { CommanderError } from "commander";
import { expect } from "expect";
import { applySettings, parseOptions } from "../../src/cli/options.ts";
import { defaultExperiment } from "../../src/experiments/default.ts";
import { runTaskFile } from "../tasks/support.ts";

const defaultConfig = defaultExperiment.schema.parse({});

function failure(args: readonly string[]): string {
  try {
    parseOptions(args);
  } catch (error) {
    expect(error).toBeInstanceOf(CommanderError);
    return (error as CommanderError).message;
  }
  throw new Error(`parseOptions() took ${args.join(" ")}`);
}

Deno.test("parseOptions() without arguments is the default run", () => {
  expect(parseOptions([])).toEqual({ out: "runs", json: false, explain: false, settings: [] });
});

Deno.test("parseOptions() keeps settings in the order of the command line", () => {
  const { settings } = parseOptions(["--k", "500", "--set", "k=7", "--seeds", "1,2", "--out", "x"]);
  expect(settings).toEqual([
    { key: "k", value: 500 },
    { key: "k", value: 7 },
    { key: "seeds", value: [1, 2] },
  ]);
});

Deno.test("parseOptions() reads --set values as JSON, else as text", () => {
  const { settings } = parseOptions(["--set", "training.nesterov=false", "--set", "device=cpu"]);
  expect(settings.map(({ value }) => value)).toEqual([false, "cpu"]);
});

Deno.test("applySettings() reaches into nested objects and leaves the rest", () => {
  const base = { k: 3, training: { shift: 1, momentum: 0.9 } };
  expect(applySettings(base, [{ key: "training.shift", value: 2 }])).toEqual({
    k: 3,
    training: { shift: 2, momentum: 0.9 },
  });
  expect(base.training.shift).toBe(1);
});

Deno.test("applySettings(): a later setting wins over an earlier one and over the config file", () => {
  const settings = [{ key: "k", value: 4 }, { key: "k", value: 5 }];
  expect(applySettings({ k: 3 }, settings)).toEqual({ k: 5 });
});
Deno.test("parseOptions() suggests the option that was meant", () => {
  expect(failure(["--epoch", "3"])).toContain("Did you mean --epochs?");
  expect(failure(["--epochs", "many"])).toContain('needs a number, got "many"');
  expect(failure(["--set", "k"])).toContain("key=value");
  expect(failure(["--json", "stray"])).toContain("too many arguments");
  expect(failure(["--set", `${"a.".repeat(50_000)}b=1`])).toContain("is no key");
  for (const blank of ["", " "]) {
    expect(failure(["--out", blank])).toContain("needs a path, got an empty one");
    expect(failure(["--config", blank])).toContain("needs a path, got an empty one");
  }
});

Deno.test("--help shows the defaults, in lines that are full and fit a terminal", async () => {
  const { code, stdout } = await runTaskFile("clusterfit", "--help");
  expect(code).toBe(0);
  const options = stdout.split(/\n {2}(?=-)/).map((text) => text.replace(/\s+/g, " "));
  for (const key of ["k", "epochs", "arch", "teacher", "device"] as const) {
    expect(options.find((option) => option.startsWith(`--${key} <`)))
      .toMatch(new RegExp(`\\(default: "?${defaultConfig[key]}"?\\)$`));
  }
  const lines = stdout.split("\n");
  expect(lines.every(({ length }) => length <= 80)).toBe(true);
  expect(lines).toContain(
    "cluster ids, and probe both on four targets (ClusterFit, Yan et al., CVPR 2020).",
  );
});

Deno.test("--seed and --seeds together are refused: one would be ignored", () => {
  expect(() => parseOptions(["--seed", "1", "--seeds", "2,3"])).toThrow(/cannot be used with/);
  expect(parseOptions(["--seeds", "2,3"]).settings).toEqual([{ key: "seeds", value: [2, 3] }]);
});

Deno.test("--k takes one number, or several to be compared", () => {
  expect(parseOptions(["--k", "7"]).settings).toEqual([{ key: "k", value: 7 }]);
  expect(parseOptions(["--k", "7,9"]).settings).toEqual([{ key: "k", value: [7, 9] }]);
});

Deno.test("what is to be beside a run is no setting of it", () => {
  const { settings, companions } = parseOptions([
    ...["--serve", "--notify", "command:true", "--notify", "command:cat > x", "--k", "7"],
  ]);
  expect(settings).toEqual([{ key: "k", value: 7 }]);
  expect(companions).toEqual([
    { kind: "serve", port: 8000 },
    { kind: "notify", how: "command:true" },
    { kind: "notify", how: "command:cat > x" },
  ]);
  expect(parseOptions(["--serve", "9000"]).companions).toEqual([{ kind: "serve", port: 9000 }]);
  expect(parseOptions(["--k", "7"])).not.toHaveProperty("companions");
});

Deno.test("what is to be beside a run and cannot be is told before it begins", () => {
  Deno.env.delete("CLUSTERFIT_NOTIFY_URL");
  expect(() => parseOptions(["--notify", "slack"])).toThrow("CLUSTERFIT_NOTIFY_URL, found none");
  expect(() => parseOptions(["--serve", "99999"])).toThrow("from 0 to 65535");
});
