/** Objects that no run uses, beside runs that start, link and make objects. */
import { join } from "node:path";
import { expect } from "expect";
import { nodeKey } from "../../src/pipeline/graph.ts";
import { tryLock } from "../../src/pipeline/lock.ts";
import { objectPaths, runPaths } from "../../src/pipeline/store.ts";
import { collectGarbage } from "../../src/registry/collect_garbage.ts";
import { findGarbage } from "../../src/registry/garbage.ts";
import { removeRun } from "../../src/registry/remove_run.ts";
import { RunFiles } from "../../src/registry/run_files.ts";
import { moveAside } from "../../src/registry/temporary.ts";
import { verifyRun } from "../../src/registry/verify_run.ts";
import { counting } from "../pipeline/counting.ts";
import { execute } from "../pipeline/execute.ts";
import { doing } from "../pipeline/graph_run.ts";
import { toyGraph, witness } from "../pipeline/toy.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { until } from "../until.ts";
import { flip } from "./flip.ts";

const found = async (out: string) =>
  (await findGarbage(out)).garbage.map((one) => one.kind === "object" ? one.stage : one.kind)
    .sort();

/** The toy graph's objects, of which no run is left. */
async function unused(out: string): Promise<void> {
  const { dir } = await execute(out, "made-them");
  await removeRun(dir);
}

/** A run that is at work on a stage of its own before it comes to the toy graph. */
async function startRun(out: string, id: string) {
  const gate = Promise.withResolvers<void>();
  let begun = false;
  const first = doing("wait", () => {
    begun = true;
    return gate.promise;
  });
  const seen = witness();
  const ended = execute(out, id, { ...seen, nodes: [first, ...toyGraph(1)] });
  await until(() => begun);
  return {
    ...seen,
    /** Lets it go on to its end. */
    async end() {
      gate.resolve();
      return await ended;
    },
  };
}

Deno.test("an object is unused once its last run is removed, and only then removed", async () => {
  await using folder = await temporaryFolder();
  const [one, two] = [await execute(folder.path, "one"), await execute(folder.path, "two")];
  expect(await found(folder.path)).toEqual([]);
  await removeRun(one.dir);
  expect(await found(folder.path)).toEqual([]);
  await removeRun(two.dir);
  const { garbage } = await findGarbage(folder.path);
  expect(await found(folder.path)).toEqual(["double", "write"]);
  const { dir } = objectPaths(folder.path);
  const sizes = await Promise.all(garbage.map(async ({ path }) => {
    const names = await Array.fromAsync(Deno.readDir(path), ({ name }) => join(path, name));
    const stats = await Promise.all(names.map((name) => Deno.stat(name)));
    return stats.reduce((sum, { size }) => sum + size, 0);
  }));
  expect(garbage.map(({ bytes }) => bytes)).toEqual(sizes);
  expect(await collectGarbage(folder.path, garbage)).toEqual({ removed: garbage, left: [] });
  const names = await Array.fromAsync(Deno.readDir(dir), ({ name }) => name);
  expect(names.filter((name) => !name.endsWith(".lock"))).toEqual([]);
  expect(names).toHaveLength(2); // the locks stay
});

Deno.test("what a run under way may come to link is kept, and it links it", async () => {
  await using folder = await temporaryFolder();
  await unused(folder.path);
  const run = await startRun(folder.path, "under-way");
  const { garbage, kept, underWay } = await findGarbage(folder.path);
  expect({ garbage, underWay, kept: kept.length })
    .toEqual({ garbage: [], underWay: ["under-way"], kept: 2 });
  await run.end();
  expect(run.ran).toEqual([]);
});

Deno.test("what a run of other stages does not come to is removed beside it", async () => {
  await using folder = await temporaryFolder();
  await unused(folder.path);
  const gate = Promise.withResolvers<void>();
  let begun = false;
  const wait = doing("wait", () => {
    begun = true;
    return gate.promise;
  });
  const ended = execute(folder.path, "other", { nodes: [wait] });
  await until(() => begun);
  const { garbage } = await findGarbage(folder.path);
  expect((await collectGarbage(folder.path, garbage)).removed).toHaveLength(2);
  gate.resolve();
  expect(await verifyRun((await ended).dir)).toEqual([]);
});

Deno.test("a run that starts between the look and the removal loses nothing", async () => {
  await using folder = await temporaryFolder();
  await unused(folder.path);
  const { garbage } = await findGarbage(folder.path);
  const run = await startRun(folder.path, "late");
  expect(await collectGarbage(folder.path, garbage)).toEqual({ removed: [], left: garbage });
  const { dir } = await run.end();
  expect(run.ran).toEqual([]);
  expect(await verifyRun(dir)).toEqual([]);
});

Deno.test("a run that has linked between the look and the removal loses nothing, and neither do later ones", async () => {
  await using folder = await temporaryFolder();
  await unused(folder.path);
  const { garbage } = await findGarbage(folder.path);
  await execute(folder.path, "linked");
  expect((await collectGarbage(folder.path, garbage)).removed).toEqual([]);
  const seen = witness();
  await execute(folder.path, "later", seen);
  expect(seen.ran).toEqual([]);
});

Deno.test("a run that asks for an object while it is moved aside waits, and links it once it is back", async () => {
  await using folder = await temporaryFolder();
  await unused(folder.path);
  const { object, lock } = objectPaths(folder.path);
  const [second] = toyGraph(1);
  const key = nodeKey(Object.values(second!.inputs)[0]!, {});
  const seen = witness();
  let ended;
  {
    using _held = await tryLock(lock(key)); // as collectGarbage() does
    const aside = await moveAside(folder.path, object(key));
    const waits = Promise.withResolvers<void>();
    ended = execute(folder.path, "asks", {
      ...seen,
      onEvent(event) {
        seen.onEvent(event);
        if (event.type === "waiting") waits.resolve();
      },
    });
    await waits.promise;
    await Deno.rename(aside, object(key));
  }
  await ended;
  expect(seen.ran).toEqual([]);
  expect(seen.events.filter(({ type }) => type === "damaged")).toEqual([]);
});

Deno.test("runs that start and end while objects are removed again and again are whole, and meet no damage", async () => {
  await using folder = await temporaryFolder();
  let going = true;
  const remove = async () => {
    while (going) {
      const { garbage } = await findGarbage(folder.path);
      await collectGarbage(folder.path, garbage);
    }
  };
  const runs = async () => {
    for (let i = 0; i < 15; i++) {
      const seen = witness();
      const { dir } = await execute(folder.path, `run-${i}`, seen);
      expect(seen.events.filter(({ type }) => type === "damaged" || type === "failed")).toEqual([]);
      expect(await verifyRun(dir)).toEqual([]);
      if (i % 3 !== 0) await removeRun(dir);
    }
    going = false;
  };
  await Promise.all([remove(), runs()]);
});

Deno.test("the checkpoints of a stopped run are kept as long as the run is", async () => {
  await using folder = await temporaryFolder();
  const stop = new AbortController();
  const stopped = execute(folder.path, "stopped", {
    nodes: [counting(2, () => stop.abort(new Error("stopped")))],
    signal: stop.signal,
  });
  await expect(stopped).rejects.toThrow("stopped");
  expect(await found(folder.path)).toEqual([]);
  const dir = join(folder.path, "stopped");
  const worked: number[] = [];
  await execute(folder.path, "stopped", { nodes: [counting(0, () => {}, worked)] });
  expect(worked).toEqual([3]);
  await Deno.rename(
    objectPaths(folder.path).object(await onlyKey(folder.path)),
    partial(folder.path),
  );
  await removeRun(dir);
  expect(await found(folder.path)).toEqual(["partial"]);
});

const partial = (out: string) => objectPaths(out).partial("0".repeat(64));

async function onlyKey(out: string): Promise<string> {
  const names = await Array.fromAsync(Deno.readDir(objectPaths(out).dir), ({ name }) => name);
  return names.find((name) => /^[0-9a-f]{64}$/.test(name))!;
}

Deno.test("a stage that is being made is passed over, whoever makes it", async () => {
  await using folder = await temporaryFolder();
  await unused(folder.path);
  using _held = await tryLock(objectPaths(folder.path).lock(await onlyKey(folder.path)));
  expect(await found(folder.path)).toHaveLength(1);
});

Deno.test("where damage hides what a run uses, nothing is removed, and it is said", async () => {
  await using folder = await temporaryFolder();
  await unused(folder.path);
  const [manifest, log] = [
    await execute(folder.path, "one"),
    await execute(folder.path, "two", { nodes: toyGraph(2) }),
  ];
  await flip(join(manifest.dir, "artifacts/first/manifest.json"));
  await expect(findGarbage(folder.path)).rejects.toThrow("first/manifest.json cannot be read");
  await removeRun(manifest.dir);
  await flip(runPaths(log.dir).events, 60);
  await expect(findGarbage(folder.path)).rejects.toThrow("events.jsonl has 1 damaged line");
  await removeRun(log.dir);
  expect((await found(folder.path)).length).toBeGreaterThan(0);
});

Deno.test("what a killed command has left aside is shown by nothing, and goes unless somebody is at work on it", async () => {
  await using folder = await temporaryFolder();
  const { dir } = await execute(folder.path, "one");
  const aside = await moveAside(folder.path, dir);
  expect(await new RunFiles(folder.path).folders()).toEqual(["objects"]);
  {
    using _held = await tryLock(join(aside, "lock"));
    expect(await found(folder.path)).not.toContain("left");
  }
  const { garbage } = await findGarbage(folder.path);
  expect(garbage.map(({ kind }) => kind).sort()).toEqual(["left", "object", "object"]);
  {
    using _held = await tryLock(join(aside, "lock"));
    const { left } = await collectGarbage(folder.path, garbage);
    expect(left.map(({ path }) => path)).toEqual([aside]);
  }
  await collectGarbage(folder.path, (await findGarbage(folder.path)).garbage);
  expect((await findGarbage(folder.path)).garbage).toEqual([]);
});

Deno.test("two processes never remove objects of one folder at once", async () => {
  await using folder = await temporaryFolder();
  await unused(folder.path);
  const { garbage } = await findGarbage(folder.path);
  using _held = await tryLock(join(folder.path, ".temporary/lock"));
  await expect(collectGarbage(folder.path, garbage)).rejects.toThrow(
    `remove objects in ${folder.path}`,
  );
  expect(await found(folder.path)).toHaveLength(2);
});
