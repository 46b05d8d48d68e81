import { join } from "node:path";
import { expect } from "expect";
import { isThere } from "../../src/pipeline/files.ts";
import { lockFolder } from "../../src/pipeline/lock.ts";
import { collectGarbage } from "../../src/registry/collect_garbage.ts";
import { findGarbage } from "../../src/registry/garbage.ts";
import { removeRun } from "../../src/registry/remove_run.ts";
import { RunFiles } from "../../src/registry/run_files.ts";
import { verifyRun } from "../../src/registry/verify_run.ts";
import { execute } from "../pipeline/execute.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { killedAt } from "./killed.ts";

Deno.test("removing a run takes nothing from another one that shares its artifacts", async () => {
  await using folder = await temporaryFolder();
  const [one, two] = [await execute(folder.path, "one"), await execute(folder.path, "two")];
  await removeRun(one.dir);
  expect(await isThere(one.dir)).toBe(false);
  expect(await verifyRun(two.dir)).toEqual([]);
});

Deno.test("a run at work is not removed, and a folder that is gone is the user's to know", async () => {
  await using folder = await temporaryFolder();
  const { dir } = await execute(folder.path, "one");
  {
    using _held = await lockFolder(dir);
    await expect(removeRun(dir)).rejects.toMatchObject({ name: "UserError" });
    expect(await verifyRun(dir)).toEqual([]);
  }
  await removeRun(dir);
  await expect(removeRun(dir)).rejects.toThrow("It was moved or removed meanwhile");
});

for (
  const [of, nth, whole] of [["rename", 1, true], ["remove", 1, false], [
    "remove",
    3,
    false,
  ]] as const
) {
  Deno.test(`killed at ${of} ${nth}, a run that is removed is ${whole ? "whole" : "not shown any more"}`, async () => {
    await using folder = await temporaryFolder();
    const { dir } = await execute(folder.path, "one");
    const body = `
      const { removeRun } = await import(src + "/registry/remove_run.ts");
      await removeRun(${JSON.stringify(dir)});
    `;
    expect(await killedAt({ of, nth, body })).toBe(true);
    const shown = await new RunFiles(folder.path).folders();
    expect(shown).toEqual(whole ? ["objects", "one"] : ["objects"]);
    if (whole) return expect(await verifyRun(dir)).toEqual([]);
    const { garbage } = await findGarbage(folder.path);
    await collectGarbage(folder.path, garbage);
    expect(garbage.map(({ kind }) => kind).sort()).toEqual(["left", "object", "object"]);
    const left = await Array.fromAsync(Deno.readDir(join(folder.path, ".temporary")));
    expect(left.map(({ name }) => name)).toEqual(["lock"]);
  });
}
