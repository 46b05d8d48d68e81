/** Damaged files of a run, at every stage of it; `deno task damage` tries more of them. */
import { expect } from "expect";
import { python } from "clusterfit/python";
import { tryFaults } from "../../tasks/damage.ts";

Deno.test("after any of 40 faults a run ends as if nothing had happened, told in one line", async () => {
  const said: string[] = [];
  const failed = await tryFaults({ cases: 40, seed: 1000, say: (line) => void said.push(line) });
  await python.shutdown();
  expect({ failed, said: failed > 0 ? said : [] }).toEqual({ failed: 0, said: [] });
});
