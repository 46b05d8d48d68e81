import { expect } from "expect";
import { probe } from "../../../src/cli/commands/probe.ts";

Deno.test("probe without a target, or by a probe that there is not, is refused before anything is installed", async () => {
  const run = (...args: string[]) =>
    probe.run(["--network", "net", ...args], {
      install: () => Promise.reject(new Error("too early")),
    });
  await expect(run()).rejects.toThrow("Cannot probe: it needs labelled pictures, found none");
  await expect(run("--target", "a=/b", "--probe", "forest")).rejects.toThrow(
    "Allowed choices are logistic, sgd, svm, paper",
  );
});
