import { fileURLToPath } from "node:url";
import { expect } from "expect";
import { python } from "clusterfit/python";
import { architectures } from "../../src/clusterfit/architectures.ts";

Deno.test("the config takes exactly the networks that py/clusterfit builds", async () => {
  await python.start({ path: [fileURLToPath(new URL("../../py", import.meta.url))] });
  using known = python.builtins.method(
    "sorted",
    python.import("clusterfit.nets").attr("ARCHITECTURES"),
  ) as Iterable<unknown> & Disposable;
  expect([...known]).toEqual([...architectures].sort());
});
