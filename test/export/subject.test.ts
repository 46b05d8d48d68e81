import { expect } from "expect";
import { chooseNetwork } from "../../src/export/subject.ts";
import { UserError } from "../../src/pipeline/errors.ts";
import { noisySummary, summary } from "../report/fixture.ts";

const refusal = (choice: () => unknown): string => {
  try {
    choice();
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  throw new Error("It was not refused.");
};

Deno.test("without a choice it is the candidate of the first seed", () => {
  const { arm, network } = chooseNetwork(summary, { at: {} });
  expect(arm.title).toBe("Ncf");
  expect(network).toEqual({ arm: "ncf", at: { k: 1500 }, seed: 7, node: "seed-7.ncf" });
});

Deno.test("arm, seed and point choose a network", () => {
  const chosen = chooseNetwork(noisySummary, {
    ...{ arm: "ncf", seed: 8 },
    at: { noise: "25", k: "400" },
  });
  expect(chosen.network.node).toBe("seed-8.noise-25.k-400.ncf");
  expect(chooseNetwork(summary, { arm: "npre2x", seed: 9, at: {} }).network.node)
    .toBe("seed-9.npre2x");
});

Deno.test("what is not in the run is refused, with what is", () => {
  expect(refusal(() => chooseNetwork(summary, { arm: "x", at: {} })))
    .toContain('Cannot export the arm "x": it needs one of the run, npre, npre2x, ncf.');
  expect(refusal(() => chooseNetwork(summary, { seed: 1, at: {} })))
    .toContain("it needs a seed of the run, one of 7, 8, 9, found 1");
  expect(refusal(() => chooseNetwork(summary, { at: { noise: "0" } })))
    .toContain("Cannot export Ncf at noise: it needs an axis of it, one of k.");
  expect(refusal(() => chooseNetwork(summary, { arm: "npre", at: { k: "1" } })))
    .toContain("it needs an axis of it, and it has none");
});

Deno.test("of several points one has to be named", () => {
  const message = refusal(() => chooseNetwork(noisySummary, { at: { noise: "25" } }));
  expect(message).toContain(
    "Cannot export Ncf: it needs one network, found 3: label noise 25%, K 100",
  );
  expect(message).toContain("Choose one by --at k=100.");
});

Deno.test("a network whose stage failed is refused, with those that are there", () => {
  const at = { noise: "75", k: "1600" };
  expect(refusal(() => chooseNetwork(noisySummary, { seed: 9, at })))
    .toMatch(
      /needs a network that the run made, found none there, but at .*label noise 50%, K 1,600/,
    );
  const none = { ...summary, networks: summary.networks.filter(({ arm }) => arm !== "ncf") };
  expect(refusal(() => chooseNetwork(none, { at: {} }))).toContain("found that its stage failed");
});
