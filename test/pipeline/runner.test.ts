import { expect } from "expect";
import { join } from "node:path";
import type { RunEventBody } from "../../src/pipeline/events.ts";
import { node } from "../../src/pipeline/graph.ts";
import { planGraph } from "../../src/pipeline/plan.ts";
import { runGraph } from "../../src/pipeline/runner.ts";
import { defineStage } from "../../src/pipeline/stage.ts";
import { origin } from "./events.ts";
import { turn } from "../until.ts";
import { beside, doing, place, run, summing, types } from "./graph_run.ts";
import { toyGraph, type ToyServices } from "./toy.ts";

Deno.test("runGraph() runs inputs first and hands their artifacts on", async () => {
  const at = await place();
  const { artifacts, ran } = await run(at, toyGraph(21));
  expect(ran).toEqual(["write", "double"]);
  const result = artifacts.get("second")?.file("number.txt") ?? "";
  expect(await Deno.readTextFile(result)).toBe("42");
  expect(() => artifacts.get("second")?.file("other.txt")).toThrow("number.txt");
});

Deno.test("runGraph() reuses what is done and starts no services for it", async () => {
  const at = await place();
  await run(at, toyGraph(1));
  const nodes = toyGraph(1);
  const events: string[] = [];
  await runGraph({
    ...at,
    nodes,
    origin,
    origins: new Map(),
    workers: 1,
    signal: new AbortController().signal,
    services: () => Promise.reject(new Error("not needed")),
    onEvent: (event) => events.push(event.type),
  });
  expect(events).toEqual(["reused", "reused"]);
});

Deno.test("runGraph() runs again what a changed config reaches, and planGraph() says why", async () => {
  const at = await place();
  await run(at, toyGraph(1));
  const plan = await planGraph({ ...at, nodes: toyGraph(2) });
  expect(plan.map(({ id, action, why }) => [id, action, why])).toEqual([
    ["first", "run", "value changed from 1 to 2"],
    ["second", "run", "waits for Write"],
  ]);
  expect((await run(at, toyGraph(2))).ran).toEqual(["write", "double"]);
});

Deno.test("another version of a stage runs again, and planGraph() says why", async () => {
  const at = await place();
  const ran: number[] = [];
  const versioned = (version: number) => {
    const stage = defineStage<Record<never, never>, Record<never, never>, "number", ToyServices>({
      ...{ name: "versioned", version, inputs: {}, output: "number" },
      async run({ dir }) {
        ran.push(version);
        await Deno.writeTextFile(join(dir, "number.txt"), String(version));
        return ["number.txt"];
      },
    });
    return [node(stage, { id: "versioned", title: "Versioned", config: {}, inputs: {} })];
  };
  await run(at, versioned(1));
  const [planned] = await planGraph({ ...at, nodes: versioned(2) });
  expect(planned?.why).toBe("stage versioned changed from version 1 to 2");
  const { artifacts } = await run(at, versioned(2));
  expect(await Deno.readTextFile(artifacts.get("versioned")?.file("number.txt") ?? "")).toBe("2");
  await run(at, versioned(2));
  expect(ran).toEqual([1, 2]);
});

Deno.test("as many stages run at once as there are workers, and no more", async () => {
  let [running, most] = [0, 0];
  const nodes = ["a", "b", "c", "d", "e"].map((id) =>
    doing(id, async () => {
      most = Math.max(most, ++running);
      for (let turns = 0; turns < 20; turns++) await turn();
      running--;
    })
  );
  for (const workers of [1, 2]) {
    most = 0;
    await run(await place(), nodes, { workers });
    expect(most).toBe(workers);
  }
});

Deno.test("equal commands give equal artifacts, whatever the time", async () => {
  const [a, b] = [await place(), await place()];
  const hashes = await Promise.all([a, b].map(async (at) => {
    const { artifacts } = await run(at, toyGraph(6));
    return [...artifacts.values()].map((artifact) => artifact.hash);
  }));
  expect(hashes[0]).toEqual(hashes[1]);
});

/** A stage that ends as it is told to stop. */
const slow = (ended: () => void) =>
  doing("slow", async ({ signal }) => {
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve));
    ended();
  });
const failing = (error: unknown, id = "fail") => doing(id, () => Promise.reject(error));
const full = () => Object.assign(new Error("No space left on device"), { code: "ENOSPC" });

Deno.test("what the system refuses stops every stage and is the user's to mend, told once", async () => {
  const at = await place();
  let ended = false;
  const events: string[] = [];
  const running = run(at, [slow(() => ended = true), failing(full())], {
    onEvent: (event) => void events.push(event.type),
  });
  await expect(running).rejects.toMatchObject({
    name: "UserError",
    message: expect.stringMatching(
      /^Cannot run "FAIL": No space left on device\. Free some disk space/,
    ),
  });
  expect(ended).toBe(true);
  expect(events).toEqual(["started", "started"]);
});

Deno.test("services that cannot be had stop the run: no stage could go on without them", async () => {
  const at = await place();
  const running = run(at, [slow(() => {}), failing(new Error("not reached"))], {
    services: () => Promise.reject(new Error("no Python")),
  });
  await expect(running).rejects.toThrow("no Python");
});

Deno.test("a stage that fails leaves those running that do not need it", async () => {
  const at = await place();
  const bad = failing(new Error("diverged"), "bad");
  const good = doing("good", async () => {});
  const needsBad = summing("needs-bad", [good, bad]);
  const behind = summing("behind", [needsBad]);
  const needsGood = summing("needs-good", [good]);
  const { events, failures, artifacts } = await run(at, [behind, needsGood], { workers: 1 });
  expect([...artifacts.keys()]).toEqual(["good", "needs-good"]);
  expect(failures).toMatchObject([{ node: { id: "bad" }, error: { message: "diverged" } }]);
  expect(events.filter(({ type }) => type === "failed" || type === "not-run")).toEqual([
    { type: "failed", node: "bad", message: "diverged" },
    { type: "not-run", node: "needs-bad", needs: "bad" },
    { type: "not-run", node: "behind", needs: "bad" },
  ]);
});

Deno.test("a partial stage runs with the inputs that are there, and again once all are", async () => {
  const at = await place();
  let broken = true;
  const bad = doing("bad", () => broken ? Promise.reject(new Error("no")) : Promise.resolve());
  const behindBad = summing("behind-bad", [bad]);
  const nodes = [
    summing("all", [behindBad, doing("a", async () => {}), doing("b", async () => {})], {
      partial: true,
    }),
  ];
  const sum = async ({ artifacts }: Awaited<ReturnType<typeof run>>) =>
    await Deno.readTextFile(artifacts.get("all")!.file("number.txt"));
  const first = await run(at, nodes);
  expect(await sum(first)).toBe("2");
  const manifest = JSON.parse(
    await Deno.readTextFile(
      first.artifacts.get("all")!.file("number.txt")
        .replace("number.txt", "manifest.json"),
    ),
  );
  expect(Object.keys(manifest.inputs)).toEqual(["a", "b"]);
  expect((await planGraph({ ...at, nodes })).at(-1)?.why).toBe("waits for BEHIND-BAD");
  broken = false;
  const second = await run(at, nodes);
  expect(await sum(second)).toBe("3");
  expect(second.failures).toEqual([]);
  expect(second.events.find(({ type, ...event }) => type === "started" && "why" in event))
    .toMatchObject({ node: "all", why: 'its input "behind-bad" changed' });
});

Deno.test("a partial stage waits for its last input, and is not run where none is there", async () => {
  const at = await place();
  const bad = failing(new Error("no"), "bad");
  const failed = Promise.withResolvers<void>();
  const late = doing("late", () => failed.promise);
  const nodes = [
    summing("all", [bad, late], { partial: true }),
    summing("none", [bad], { partial: true }),
  ];
  const told: string[] = [];
  const { artifacts } = await run(at, nodes, {
    onEvent(event) {
      if ("node" in event) told.push(`${event.type} ${event.node}`);
      if (event.type === "failed") failed.resolve();
    },
  });
  expect([...artifacts.keys()]).toEqual(["late", "all"]);
  expect(told.filter((line) => !/^started (bad|late)/.test(line))).toEqual([
    ...["failed bad", "not-run none", "finished late", "started all", "finished all"],
  ]);
});

Deno.test("a stage can say that a file of an earlier attempt is damaged", async () => {
  const at = await place();
  const telling = node(
    defineStage<Record<never, never>, Record<never, never>, "number", ToyServices>({
      name: "tell",
      version: 1,
      inputs: {},
      output: "number",
      run({ damaged }) {
        damaged("checkpoint is damaged: starts again");
        return Promise.resolve([]);
      },
    }),
    { id: "tell", title: "Tell", config: {}, inputs: {} },
  );
  const { events } = await run(at, [telling]);
  expect(events[1]).toEqual({
    type: "damaged",
    node: "tell",
    message: "checkpoint is damaged: starts again",
  });
});

Deno.test("a metric that is no number is left out of the progress, which goes on", async () => {
  const at = await place();
  const lost = node(
    defineStage<Record<never, never>, Record<never, never>, "number", ToyServices>({
      name: "lost",
      version: 1,
      inputs: {},
      output: "number",
      run({ progress }) {
        const metrics = { loss: NaN, rate: Infinity, epoch: 1 };
        progress({ done: 1, total: 2, unit: "images", metrics });
        return Promise.resolve([]);
      },
    }),
    { id: "lost", title: "Lost", config: {}, inputs: {} },
  );
  const { events } = await run(at, [lost]);
  expect(events[1]).toMatchObject({ type: "progress", metrics: { epoch: 1 } });
  expect(events[1]).not.toHaveProperty("metrics.loss");
  expect(types(events)).toEqual(["started", "progress", "finished"]);
});

Deno.test("a run does not use what is there already where its stage refuses it, its own or another's", async () => {
  const at = await place();
  const ran: string[] = [];
  const refusing = (reason: string) => {
    const stage = defineStage<Record<never, never>, Record<never, never>, "number", ToyServices>({
      ...{ name: "limited", version: 1, inputs: {}, output: "number" },
      async accept(artifact) {
        const found = await Deno.readTextFile(artifact.file("number.txt"));
        if (reason !== "") throw new Error(`${reason}: found ${found}`);
      },
      async run({ dir }) {
        ran.push("limited");
        await Deno.writeTextFile(join(dir, "number.txt"), "7");
        return ["number.txt"];
      },
    });
    return [node(stage, { id: "limited", title: "Limited", config: {}, inputs: {} })];
  };
  await run(at, refusing("")); // what a stage makes itself it has looked at
  for (const folder of [at, beside(at, "other")]) {
    const events: RunEventBody[] = [];
    const onEvent = (event: RunEventBody) => void events.push(event);
    const { failures } = await run(folder, refusing("too many"), { onEvent });
    expect(failures.map(({ error }) => String(error))).toEqual(["Error: too many: found 7"]);
    expect(types(events)).toEqual(["failed"]);
    expect(types((await run(folder, refusing(""))).events)).toEqual(["reused"]);
  }
  expect(ran).toEqual(["limited"]);
});
