/** Kills and refused calls at every kind of moment of a run; `deno task fault` tries more of them. */
import { expect } from "expect";
import { tryFaults } from "../../tasks/fault/try_faults.ts";

Deno.test("killed 8 times and refused twice, a run loses nothing and ends with the same bytes", async () => {
  // This seed draws writes of a manifest, a card and the log, moves and links of artifacts, and the end of an object.
  const said: string[] = [];
  const found = await tryFaults({
    ...{ kills: 8, errors: 2, seed: 1589, say: (line: string) => void said.push(line) },
  });
  const { kills, corrupt, lost, hashesEqual, wrong, errors } = found;
  expect({ kills, corrupt, lost, hashesEqual, wrong, errors, said: wrong + lost + corrupt && said })
    .toEqual({
      ...{ kills: 8, corrupt: 0, lost: 0, hashesEqual: true, wrong: 0, said: 0 },
      errors: { ENOSPC: 1, EIO: 1 },
    });
});
