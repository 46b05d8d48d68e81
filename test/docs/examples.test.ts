/** The examples of `mod.ts` that need no Python; the others are in examples.slow.test.ts. */
import { expect } from "expect";
import * as clusterfit from "clusterfit";
import { examples, expectPrinted } from "./examples.ts";

const all = await examples();

Deno.test("every function and value that mod.ts exports is in an example", () => {
  const imports = all.flatMap(({ code }) =>
    [...code.matchAll(/import \{([^}]*)\} from "clusterfit(?:\/(?:client|config))?"/g)].flatMap((
      [, names],
    ) => names!.split(",").map((name) => name.trim()))
  );
  expect(Object.keys(clusterfit).filter((name) => !imports.includes(name))).toEqual([]);
});

Deno.test("the examples of mod.ts without Python run and print what they say", async () => {
  const quick = all.filter(({ slow }) => !slow);
  expect(quick.length).toBeGreaterThan(20);
  await expectPrinted(quick);
});
