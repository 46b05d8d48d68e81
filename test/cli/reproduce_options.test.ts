import { CommanderError } from "commander";
import { expect } from "expect";
import { listReproductions, parseReproduce } from "../../src/cli/reproduce_options.ts";
import { figure3 } from "../../src/experiments/figure3.ts";
import { reproductions } from "../../src/experiments/list.ts";
import layersOfK from "../extending/layers_of_k.ts";
import { runTaskFile } from "../tasks/support.ts";

const layersFile = new URL("../extending/layers_of_k.ts", import.meta.url).pathname;

Deno.test("parseReproduce() gives the experiment, its scale, and what the user sets", async () => {
  const args = ["figure3", "--set", "noise=[0,50]", "--seeds", "4,5", "--page", "docs", "--json"];
  expect(await parseReproduce(args)).toEqual({
    experiments: [figure3],
    ...{ scale: "small", page: "docs", out: "runs", json: true, explain: false },
    settings: [{ key: "noise", value: [0, 50] }, { key: "seeds", value: [4, 5] }],
  });
});

Deno.test("without an experiment, and with --list, the list is asked for", async () => {
  for (const args of [[], ["--list"], ["figure3", "--list"]]) {
    expect((await parseReproduce(args)).experiments).toEqual([]);
  }
});

Deno.test("an experiment or a scale that there is not is refused with those that there are", async () => {
  const refusal = (...args: string[]) => expect(parseReproduce(args)).rejects;
  await refusal("figure99").toThrow(
    `Cannot reproduce "figure99": it needs one of ${Object.keys(reproductions).join(", ")}, all, ` +
      "or a file of one's own (.ts). See `deno task reproduce --list`.",
  );
  await refusal("figure3", "--scale", "huge").toThrow(
    'Cannot reproduce figure3 at the scale "huge": it needs one of small, medium.',
  );
  // names that every object has are none of an experiment
  await refusal("toString").toThrow('Cannot reproduce "toString"');
  await refusal("figure3", "--scale", "toString").toThrow('at the scale "toString"');
  await refusal("figure3", "figure4").toThrow(CommanderError);
  await refusal("figure3", "--page", "").toThrow("needs a path");
});

Deno.test("a file of one's own is an experiment like the others", async () => {
  const { experiments } = await parseReproduce([layersFile, "--config", "my.ts", "--set", "k=5"]);
  expect(experiments).toEqual([layersOfK]);
  await expect(parseReproduce([layersFile, "--scale", "medium"])).rejects.toThrow(
    'Cannot reproduce layers-of-k at the scale "medium": it needs one of small.',
  );
  // a config file is none
  expect((await parseReproduce(["--config", "my.ts"])).experiments).toEqual([]);
});

Deno.test("all of them are asked for by one word, and run in the order of the list", async () => {
  expect((await parseReproduce(["all"])).experiments).toEqual(Object.values(reproductions));
});

Deno.test("--seeds takes how many, or which", async () => {
  const settings = async (...args: string[]) =>
    (await parseReproduce(["figure3", ...args])).settings;
  expect(await settings("--seeds", "3")).toEqual([{ key: "seeds", value: [1, 2, 3] }]);
  expect(await settings("--seeds", "3,5")).toEqual([{ key: "seeds", value: [3, 5] }]);
  expect(await settings("--seed", "7")).toEqual([{ key: "seeds", value: [7] }]);
  await expect(settings("--seeds", "0")).rejects.toThrow("from 1");
});

Deno.test("the scale of the paper is refused with what it needs", async () => {
  await expect(parseReproduce(["figure3", "--scale", "paper"])).rejects.toThrow(
    /^Cannot reproduce figure3 at the scale of the paper \(network ResNet-50, .*\): it needs ImageNet-1K; .* Take --scale small or medium\.$/,
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
  for (
    const line of ["  noise=[0,25,50,75]", "and at --scale small:", "  images=8700", "  width=64"]
  ) {
    expect(stdout.split("\n")).toContain(line);
  }
  expect(stdout).not.toContain("  precision="); // as everywhere
  expect(stdout.split("\n").every(({ length }) => length <= 100)).toBe(true);
});
