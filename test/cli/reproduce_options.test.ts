import { CommanderError } from "commander";
import { expect } from "expect";
import { listReproductions, parseReproduce } from "../../src/cli/reproduce_options.ts";
import { figure3 } from "../../src/experiments/figure3.ts";
import { reproductions } from "../../src/experiments/list.ts";
import { runTaskFile } from "../tasks/support.ts";

Deno.test("parseReproduce() gives the experiment, its scale, and what the user sets", () => {
  const args = ["figure3", "--set", "noise=[0,50]", "--seeds", "4,5", "--page", "docs", "--json"];
  expect(parseReproduce(args)).toEqual({
    experiments: [figure3],
    ...{ scale: "small", page: "docs", out: "runs", json: true, explain: false },
    settings: [{ key: "noise", value: [0, 50] }, { key: "seeds", value: [4, 5] }],
  });
});

Deno.test("without an experiment, and with --list, the list is asked for", () => {
  expect(parseReproduce([]).experiments).toEqual([]);
  expect(parseReproduce(["--list"]).experiments).toEqual([]);
  expect(parseReproduce(["figure3", "--list"]).experiments).toEqual([]);
});

Deno.test("an experiment or a scale that there is not is refused with those that there are", () => {
  expect(() => parseReproduce(["figure99"])).toThrow(
    `Cannot reproduce "figure99": it needs one of ${
      Object.keys(reproductions).join(", ")
    }, or all. ` +
      "See `deno task reproduce --list`.",
  );
  expect(() => parseReproduce(["figure3", "--scale", "huge"])).toThrow(
    'Cannot reproduce figure3 at the scale "huge": it needs one of small.',
  );
  // names that every object has are none of an experiment
  expect(() => parseReproduce(["toString"])).toThrow('Cannot reproduce "toString"');
  expect(() => parseReproduce(["figure3", "--scale", "toString"])).toThrow(
    'at the scale "toString"',
  );
  expect(() => parseReproduce(["figure3", "figure4"])).toThrow(CommanderError);
  expect(() => parseReproduce(["figure3", "--page", ""])).toThrow("needs a path");
});

Deno.test("all of them are asked for by one word, and run in the order of the list", () => {
  expect(parseReproduce(["all"]).experiments).toEqual(Object.values(reproductions));
});

Deno.test("--seeds takes how many, or which", () => {
  const seeds = (text: string) => parseReproduce(["figure3", "--seeds", text]).settings;
  expect(seeds("3")).toEqual([{ key: "seeds", value: [1, 2, 3] }]);
  expect(seeds("3,5")).toEqual([{ key: "seeds", value: [3, 5] }]);
  expect(() => parseReproduce(["figure3", "--seeds", "0"])).toThrow("from 1");
  expect(parseReproduce(["figure3", "--seed", "7"]).settings).toEqual([{
    key: "seeds",
    value: [7],
  }]);
});

Deno.test("the scale of the paper is refused with what it needs", () => {
  expect(() => parseReproduce(["figure3", "--scale", "paper"])).toThrow(
    /^Cannot reproduce figure3 at the scale of the paper \(network ResNet-50, .*\): it needs ImageNet-1K; .* Take --scale small\.$/,
  );
});

Deno.test("the list says of every experiment what it is, and of every scale what it takes", () => {
  const text = listReproductions();
  for (const { name, about, scales } of Object.values(reproductions)) {
    expect(text).toContain(`${name}  ${about}`);
    for (const [scale, { takes }] of Object.entries(scales)) {
      expect(text).toContain(`--scale ${scale}  ${takes}`);
    }
  }
});

Deno.test("deno task reproduce --help lists the keys of the experiment that is named", async () => {
  const { code, stdout } = await runTaskFile("reproduce", "figure3", "--help");
  expect([code, stdout]).toEqual([0, expect.stringContaining("distillation.temperature")]);
  expect(stdout.split("\n").every(({ length }) => length <= 100)).toBe(true);
});
