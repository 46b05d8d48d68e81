import { expect } from "expect";
import { untrainedNotes } from "../../src/report/untrained.ts";
import { summary } from "./fixture.ts";

/** The fixture's run, whose Ncf of the first seed ended at this loss. */
function ending(loss: number) {
  const [clustering] = summary.clusterings;
  const { arm, at, seed } = clustering!;
  const points = [{ epoch: 1, loss, accuracy: 1, learningRate: 0.1 }];
  return untrainedNotes({
    study: summary.study,
    clusterings: [{ ...clustering!, k: 20 }],
    series: [{ arm, at, seed, points }, { arm: "npre", at: {}, seed, points }],
  });
}

Deno.test("a network whose loss ends near that of a guess is told, with both", () => {
  const [note, ...more] = ending(3.2);
  expect(note).toContain(
    "Ncf hardly learnt its clusters: its loss ended at 3.20, where guessing gives 3.00",
  );
  expect(more).toEqual([]); // the teacher has no clusters
  expect(ending(2.6)).toEqual([]);
  expect(ending(2.8)).toHaveLength(1);
});
