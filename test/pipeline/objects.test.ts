/** Objects by key: shared by runs, safe against kills, damage told and mended. */
import { join } from "node:path";
import { expect } from "expect";
import type { RunEventBody } from "../../src/pipeline/events.ts";
import { nodeKey } from "../../src/pipeline/graph.ts";
import { planGraph } from "../../src/pipeline/plan.ts";
import { seal } from "../../src/pipeline/sealed.ts";
import { objectPaths } from "../../src/pipeline/store.ts";
import { counting } from "./counting.ts";
import { someKey } from "./events.ts";
import { beside, doing, type Place, place, run, types } from "./graph_run.ts";
import { toyGraph } from "./toy.ts";

Deno.test("runGraph() makes a damaged artifact again and says so", async () => {
  const at = await place();
  const { artifacts } = await run(at, toyGraph(3));
  await Deno.writeTextFile(artifacts.get("first")?.file("number.txt") ?? "", "4");
  expect((await planGraph({ ...at, nodes: toyGraph(3) }))[0]?.why).toContain("SHA-256");
  const again = await run(at, toyGraph(3));
  expect(types(again.events)).toEqual(["damaged", "started", "finished", "reused"]);
  expect(await Deno.readTextFile(again.artifacts.get("first")?.file("number.txt") ?? "")).toBe("3");
});

Deno.test("runGraph() links what another run made, and says who made it", async () => {
  const at = await place();
  await run(at, toyGraph(5));
  const other = beside(at, "other");
  expect((await planGraph({ ...other, nodes: toyGraph(5) })).map(({ action }) => action))
    .toEqual(["link", "link"]);
  const { ran, artifacts, events } = await run(other, toyGraph(5));
  expect(ran).toEqual([]);
  expect(artifacts.get("second")?.file("number.txt")).toContain("other");
  expect(events).toMatchObject([
    { type: "reused", node: "first", origin: { run: "run" } },
    { type: "reused", node: "second", origin: { run: "run" } },
  ]);
});

Deno.test("a stopped stage goes on from its checkpoint, which is not part of its artifact", async () => {
  const at = await place();
  const stop = new AbortController();
  const worked: number[] = [];
  const stopped = await run(at, [counting(2, () => stop.abort("stopped"), worked)], {
    signal: stop.signal,
  })
    .catch((error) => error);
  expect(stopped).toBe("stopped");
  expect((await planGraph({ ...at, nodes: [counting(0, () => {}, worked)] }))[0]?.action).toBe(
    "resume",
  );
  const { artifacts, events } = await run(at, [counting(0, () => {}, worked)]);
  expect(worked).toEqual([1, 2, 3]);
  expect(events[0]).toMatchObject({ type: "started", node: "count", resumed: true });
  const folder = join(artifacts.get("count")?.file("number.txt") ?? "", "..");
  const left = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
  expect(left).toEqual(["manifest.json", "number.txt"]);
});

/** Changes the manifest of a finished artifact. */
async function editManifest(at: Place, node: string, edit: (text: string) => string) {
  const path = join(at.dir, "artifacts", node, "manifest.json");
  await Deno.writeTextFile(path, edit(await Deno.readTextFile(path)));
}

const edits: readonly [name: string, edit: (text: string) => string][] = [
  ["its config, not its key", (text) => text.replace('"value":3', '"value":4')],
  ["the length of a file", (text) => text.replace('"bytes":1', '"bytes":3')],
  ["its kind", (text) => text.replace('"kind":"number"', '"kind":"letter"')],
  ["its spelling", (text) => ` ${text}`],
  ["all of it", () => ""],
];

for (const [name, edit] of edits) {
  Deno.test(`a manifest changed in ${name} is told, and its stage alone runs again`, async () => {
    const at = await place();
    await run(at, toyGraph(3));
    await editManifest(at, "first", edit);
    const plan = await planGraph({ ...at, nodes: toyGraph(3) });
    expect(plan[0]).toMatchObject({ action: "run", why: expect.stringContaining("first") });
    const { events, ran } = await run(at, toyGraph(3));
    expect(types(events)).toEqual(["damaged", "started", "finished", "reused"]);
    expect(events[0]).toMatchObject({ message: expect.stringMatching(/first.*: made again$/) });
    expect(ran).toEqual(["write"]);
  });
}

Deno.test("what an attempt left is dropped, and said, where its record is damaged or another's", async () => {
  const at = await place();
  const stop = new AbortController();
  const nodes = [counting(2, () => stop.abort("stopped"))];
  await run(at, nodes, { signal: stop.signal }).catch(() => {});
  const path = join(objectPaths(at.out).partial(nodeKey(nodes[0]!, {})), "partial.json");
  await Deno.writeTextFile(path, (await Deno.readTextFile(path)).replace(/"key":"./, '"key":"x'));
  const worked: number[] = [];
  const { events } = await run(at, [counting(0, () => {}, worked)]);
  expect(worked).toEqual([1, 2, 3]);
  expect(events[0]).toMatchObject({ message: expect.stringMatching(/partial\.json is damaged/) });
});

Deno.test("what was begun for another artifact is not gone on with", async () => {
  const at = await place();
  const stop = new AbortController();
  const nodes = [counting(2, () => stop.abort("stopped"))];
  await run(at, nodes, { signal: stop.signal }).catch(() => {});
  const path = join(objectPaths(at.out).partial(nodeKey(nodes[0]!, {})), "partial.json");
  await Deno.writeTextFile(path, JSON.stringify(seal({ key: someKey })));
  const worked: number[] = [];
  const { events } = await run(at, [counting(0, () => {}, worked)]);
  expect(worked).toEqual([1, 2, 3]);
  expect(told(events)).toEqual([
    expect.stringContaining(`partial.json is damaged: it belongs to the artifact ${someKey}`),
  ]);
});

Deno.test("the object of another key is not taken, though it is whole", async () => {
  const at = await place();
  await run(at, toyGraph(3));
  await Deno.rename(firstObject(at, 3), firstObject(at, 5));
  const { ran, events, artifacts } = await run(beside(at, "other"), toyGraph(5));
  expect(ran).toEqual(["write", "double"]);
  expect(told(events)).toEqual([
    expect.stringMatching(
      /objects.* is damaged: it holds the artifact with the key .*: made again$/,
    ),
  ]);
  expect(await Deno.readTextFile(artifacts.get("second")?.file("number.txt") ?? "")).toBe("10");
});

Deno.test("what another run makes just before this one holds the key is not made again", async () => {
  const at = await place();
  const other = beside(at, "other");
  const mkdir = Deno.mkdir;
  try {
    // The folder of objects is made between the first look at an object and its lock.
    Deno.mkdir = async (path, options) => {
      if (path !== objectPaths(at.out).dir) return await mkdir(path, options);
      Deno.mkdir = mkdir;
      await run(other, toyGraph(5));
    };
    const { ran, events } = await run(at, toyGraph(5));
    expect([ran, types(events)]).toEqual([[], ["reused", "reused"]]);
    expect(events[0]).toMatchObject({ origin: { run: "other" } });
  } finally {
    Deno.mkdir = mkdir;
  }
});

/** Where the object of `toyGraph(value)`'s first node lies. */
function firstObject(at: Place, value: number): string {
  const first = toyGraph(value)[0]!.inputs["from"]!;
  return objectPaths(at.out).object(nodeKey(first, {}));
}
const firstCopy = (at: Place) => join(at.dir, "artifacts", "first");

/** Puts other bytes in the place of a file; its links elsewhere stay as they are. */
async function replace(path: string, text = "?"): Promise<void> {
  await Deno.remove(path);
  await Deno.writeTextFile(path, text);
}

const told = (events: readonly RunEventBody[]) =>
  events.flatMap((event) => event.type === "damaged" ? [event.message] : []);

Deno.test("a damaged copy is taken from the object", async () => {
  const at = await place();
  await run(at, toyGraph(5));
  await replace(join(firstCopy(at), "number.txt"));
  const { ran, events } = await run(at, toyGraph(5));
  expect(ran).toEqual([]);
  expect(told(events)).toEqual([
    expect.stringMatching(/artifacts\/first\/number\.txt is damaged: .*: taken from .*objects/),
  ]);
  expect(await Deno.readTextFile(join(firstCopy(at), "number.txt"))).toBe("5");
});

for (const name of ["number.txt", "manifest.json"]) {
  for (const harm of [replace, (path: string) => Deno.remove(path)]) {
    Deno.test(`a damaged object is mended from the copy: ${name}, ${harm.name || "removed"}`, async () => {
      const at = await place();
      await run(at, toyGraph(5));
      await harm(join(firstObject(at, 5), name));
      expect((await planGraph({ ...at, nodes: toyGraph(5) }))[0])
        .toMatchObject({ action: "reuse", why: expect.stringContaining(name) });
      const { ran, events } = await run(at, toyGraph(5));
      expect(ran).toEqual([]);
      expect(told(events)).toEqual([expect.stringMatching(/objects.*: taken from .*artifacts/)]);
      expect(told((await run(at, toyGraph(5))).events)).toEqual([]);
      expect((await run(beside(at, "other"), toyGraph(5))).ran).toEqual([]);
    });

    Deno.test(`a damaged object that no copy can mend is made again: ${name}, ${harm.name || "removed"}`, async () => {
      const at = await place();
      await run(at, toyGraph(5));
      await harm(join(firstObject(at, 5), name));
      const { ran, events } = await run(beside(at, "other"), toyGraph(5));
      expect(ran).toEqual(["write"]);
      expect(told(events)).toEqual([expect.stringMatching(/objects.*: made again$/)]);
      expect(told((await run(beside(at, "third"), toyGraph(5))).events)).toEqual([]);
    });
  }
}

Deno.test("an object's manifest that lists another file under the same key is mended from the copy", async () => {
  const at = await place();
  await run(at, toyGraph(5));
  const path = join(firstObject(at, 5), "manifest.json");
  const text = await Deno.readTextFile(path);
  await Deno.remove(path); // else the copy, a link of it, changes too
  await Deno.writeTextFile(path, text.replace("number.txt", "numbeR.txt"));
  const { ran, events } = await run(at, toyGraph(5));
  expect(ran).toEqual([]);
  expect(told(events)).toEqual([expect.stringMatching(/manifest\.json.*: taken from .*artifacts/)]);
  expect((await run(beside(at, "other"), toyGraph(5))).ran).toEqual([]);
});

Deno.test("objects that are gone are linked again from the copies", async () => {
  const at = await place();
  await run(at, toyGraph(5));
  await Deno.remove(join(at.out, "objects"), { recursive: true });
  const { ran, events } = await run(at, toyGraph(5));
  expect([ran, types(events)]).toEqual([[], ["reused", "reused"]]);
  expect((await run(beside(at, "other"), toyGraph(5))).ran).toEqual([]);
});

Deno.test("a damaged origin.json is told once, and written again by the run that knows", async () => {
  const at = await place();
  await run(at, toyGraph(5));
  const path = join(firstObject(at, 5), "origin.json");
  const before = await Deno.readTextFile(path);
  await Deno.writeTextFile(path, before.replace('"run":"run"', '"run":"ran"'));
  const known = JSON.parse(before);
  const origins = new Map([["first", { ...known, checksum: undefined }]]);
  const { events } = await run(at, toyGraph(5), { origins });
  expect(told(events)).toEqual([
    expect.stringMatching(/origin\.json is damaged.*: written again$/),
  ]);
  expect(await Deno.readTextFile(path)).toBe(before);
});

Deno.test("a damaged origin.json is told once, and who made the artifact is lost where nobody knows", async () => {
  const at = await place();
  await run(at, toyGraph(5));
  await Deno.writeTextFile(join(firstObject(at, 5), "origin.json"), "{}");
  const other = await run(beside(at, "other"), toyGraph(5));
  expect(told(other.events)).toEqual([
    expect.stringMatching(/origin\.json.*: who made .* is lost$/),
  ]);
  expect(other.ran).toEqual([]);
  expect(types((await run(beside(at, "third"), toyGraph(5))).events)).toEqual(["reused", "reused"]);
});

Deno.test("killed between an object's seal and its move: it is moved, not made again", async () => {
  const at = await place();
  await run(at, toyGraph(5));
  const object = firstObject(at, 5);
  await Deno.rename(object, `${object}.partial`);
  await Deno.remove(firstCopy(at), { recursive: true });
  const { ran, events } = await run(beside(at, "other"), toyGraph(5));
  expect([ran, types(events)]).toEqual([[], ["reused", "reused"]]);
  expect(events[0]).toMatchObject({ origin: { run: "run" } });
});

Deno.test("killed between an object's move and its link: it is linked", async () => {
  const at = await place();
  await run(at, toyGraph(5));
  await Deno.remove(firstCopy(at), { recursive: true });
  const left = join(at.dir, "linking", "first");
  await Deno.mkdir(left, { recursive: true });
  await Deno.writeTextFile(join(left, "number.txt"), "half");
  const { ran, events } = await run(at, toyGraph(5));
  expect([ran, types(events)]).toEqual([[], ["reused", "reused"]]);
});

/** Does `act` while Deno's functions of these names fail as they do on other disks. */
async function refusing(
  names: readonly ("link" | "copyFile")[],
  error: Error,
  act: () => Promise<unknown>,
): Promise<void> {
  const before = { link: Deno.link, copyFile: Deno.copyFile };
  for (const name of names) Deno[name] = () => Promise.reject(error);
  try {
    await act();
  } finally {
    Object.assign(Deno, before);
  }
}

Deno.test("a disk that is full in the middle of linking stops the run, which loses nothing", async () => {
  const at = await place();
  await run(at, toyGraph(5));
  const other = beside(at, "other");
  const full = Object.assign(new Error("No space left on device"), { code: "ENOSPC" });
  await refusing(["link", "copyFile"], full, async () => {
    await expect(run(other, toyGraph(5))).rejects.toThrow("Free some disk space");
  });
  expect((await run(other, toyGraph(5))).ran).toEqual([]);
});

Deno.test("where the disk allows no links, a run has copies, checked as they are made", async () => {
  const at = await place();
  const noLinks = Object.assign(new Error("Operation not permitted"), { code: "EPERM" });
  await refusing(["link"], noLinks, async () => {
    expect((await run(at, toyGraph(5))).ran).toEqual(["write", "double"]);
    expect(types((await run(at, toyGraph(5))).events)).toEqual(["reused", "reused"]);
    const other = beside(at, "other");
    expect((await run(other, toyGraph(5))).ran).toEqual([]);
    const inodes = [firstObject(at, 5), firstCopy(at), firstCopy(other)].map((dir) =>
      Deno.statSync(join(dir, "number.txt")).ino
    );
    expect(new Set(inodes).size).toBe(3);
  });
});

Deno.test("what another run is making is waited for and made once", async () => {
  const at = await place();
  const begun = Promise.withResolvers<void>();
  const waited = Promise.withResolvers<void>();
  let made = 0;
  const nodes = [doing("shared", async () => {
    made++;
    begun.resolve();
    await waited.promise;
  })];
  const first = run(at, nodes);
  await begun.promise;
  expect((await planGraph({ ...beside(at, "other"), nodes }))[0])
    .toMatchObject({ action: "wait", why: "another run makes it" });
  const told: RunEventBody[] = [];
  const second = await run(beside(at, "other"), [...nodes, doing("own", async () => {})], {
    workers: 1,
    onEvent(event) {
      told.push(event);
      // While the shared stage is being made, the other one goes on.
      if (event.type === "finished") waited.resolve();
    },
  });
  await first;
  expect(made).toBe(1);
  expect(types(told)).toEqual(["waiting", "started", "finished", "reused"]);
  expect(told.at(-1)).toMatchObject({ node: "shared", origin: { run: "run" } });
  expect([...second.artifacts.keys()]).toEqual(["own", "shared"]);
});

Deno.test("a run that waits for another one is stopped at once", async () => {
  const at = await place();
  const release = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const nodes = [doing("shared", () => (begun.resolve(), release.promise))];
  const first = run(at, nodes);
  await begun.promise;
  const stop = new AbortController();
  const second = run(beside(at, "other"), nodes, {
    signal: stop.signal,
    onEvent: (event) => void (event.type === "waiting" && stop.abort("stopped")),
  });
  expect(await second.catch((error) => error)).toBe("stopped");
  release.resolve();
  await first;
});

Deno.test("what a killed process was making is gone on with by the run that waits for it", async () => {
  const at = await place();
  const here = (file: string) => new URL(file, import.meta.url).href;
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "eval",
      `import { counting } from "${here("./counting.ts")}";
       import { run } from "${here("./graph_run.ts")}";
       setInterval(() => {}, 1000);
       const at = ${JSON.stringify(beside(at, "killed"))};
       await run(at, [counting(2, () => (console.log("at work"), new Promise(() => {})))]);`,
    ],
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.getReader();
  await reader.read();
  const worked: number[] = [];
  const { events } = await run(at, [counting(0, () => {}, worked)], {
    onEvent: (event) => void (event.type === "waiting" && child.kill("SIGKILL")),
  }).then(async (result) => (await child.status, await reader.cancel(), result));
  expect(events).toEqual([]);
  expect(worked).toEqual([3]);
});

Deno.test("a lock file that is removed while its holder works is told, and no object is put in place", async () => {
  const at = await place();
  const paths = objectPaths(at.out);
  const nodes = [doing("a", async ({ dir }) => {
    await Deno.remove(dir.replace(/\.partial$/, ".lock"));
  })];
  await expect(run(at, nodes)).rejects.toMatchObject({
    name: "UserError",
    message: expect.stringMatching(/needs its lock file as long as it is made, found it removed/),
  });
  expect(await Array.fromAsync(Deno.readDir(paths.dir))).toHaveLength(1);
  expect((await run(at, [doing("a", async () => {})])).ran).toEqual([]);
});

Deno.test("a graph of 300 nodes holds a few files open, and a start opens each artifact's file once", async () => {
  const at = await place();
  const nodes = Array.from({ length: 300 }, (_, index) => doing(`n${index}`, async () => {}));
  const before = [...Deno.readDirSync("/proc/self/fd")].length;
  let most = 0;
  const count = () => most = Math.max(most, [...Deno.readDirSync("/proc/self/fd")].length);
  await run(at, nodes, { onEvent: count });
  expect(most - before).toBeLessThan(10);

  const { open } = Deno;
  const opened: string[] = [];
  Deno.open = (path, options) => (opened.push(String(path)), open(path, options));
  try {
    expect(types((await run(at, nodes)).events).every((type) => type === "reused")).toBe(true);
  } finally {
    Deno.open = open;
  }
  expect(opened.filter((path) => path.endsWith("number.txt")).length).toBe(300);
});
