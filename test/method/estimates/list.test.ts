import { expect } from "expect";
import { fileURLToPath } from "node:url";
import { estimatorOf, estimators } from "../../../src/method/estimates/list.ts";
import { sourceFiles } from "../../../tasks/lib/source_files.ts";

Deno.test("every stage that a run may have can be estimated, by one estimator", async () => {
  const root = fileURLToPath(new URL("../../../", import.meta.url));
  const names: string[] = [];
  for (const file of sourceFiles(root, "src")) {
    const text = await Deno.readTextFile(`${root}/${file}`);
    names.push(
      ...text.matchAll(/name: "([a-z.-]+)",\n\s+version: \d/g).map(([, name = ""]) => name),
    );
  }
  expect(names).toContain("train");
  expect(names.filter((name) => !estimatorOf(name))).toEqual([]);
  const all = estimators.flatMap(({ stages }) => stages);
  expect(new Set(all).size).toBe(all.length);
});
