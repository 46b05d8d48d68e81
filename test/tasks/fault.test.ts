import { join } from "node:path";
import { expect } from "expect";
import { Calls, fileKind } from "../../tasks/fault/calls.ts";
import { drawFaults } from "../../tasks/fault/draw_faults.ts";
import type { Fault } from "../../tasks/fault/faults.ts";
import { type Costs, judge } from "../../tasks/fault/judge.ts";
import type { Kept } from "../../tasks/fault/kept.ts";
import type { Ended } from "../../tasks/fault/run_child.ts";
import { watchDeno } from "../../tasks/fault/watch_deno.ts";
import type { RunEvent } from "../../src/pipeline/events.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const key = "0123456789abcdef".repeat(4);

Deno.test("a call is named by what its file is, in every run and stage alike", () => {
  const uuid = "1b4e28ba-2fa1-11d2-883f-0016d3cca427";
  expect([
    `objects/${key}`,
    `objects/${key}.partial/manifest.json.${uuid}.tmp`,
    `objects/${key}.partial/.checkpoint-12.safetensors.4711.tmp`,
    "small/artifacts/seed-3.npre",
    "small/run.json",
  ].map(fileKind)).toEqual([
    ...["<key>", "manifest.json", "checkpoint-N.safetensors", "artifacts/<node>", "run.json"],
  ]);
});

Deno.test("a process meets the first fault that is due, and no other", () => {
  const told: Fault[] = [];
  const fault = (stage: string, call: string, nth: number): Fault => ({
    ...{ stage, call, nth, moment: "before", effect: "kill" },
  });
  const faults = [fault("icons", "rename:a", 2), fault("begin", "rename:b", 1)];
  const calls = new Calls("/out", faults, (met) => told.push(met));
  calls.onEvent({ type: "progress", node: "icons", done: 0, total: 1, unit: "icons", t: "" });
  const met = [
    calls.meet("rename", "/out/objects/a"),
    calls.meet("rename", "/elsewhere/a"),
    calls.meet("link", "/out/objects/a"),
    calls.meet("rename", "/out/objects/b"), // of another stage
    calls.meet("rename", "/out/objects/a"),
    calls.meet("rename", "/out/objects/a"),
  ];
  expect(met).toEqual([...Array(4).fill(undefined), faults[0], undefined]);
  expect(told).toEqual([faults[0]]);
  expect(calls.made.map(({ call }) => call))
    .toEqual(["rename:a", "link:a", "rename:b", "rename:a", "rename:a"]);
});

Deno.test("every call has a fault before any has two, and every stage has its share", () => {
  const made = ["icons", "npre", "ncf", "scores"].flatMap((stage) =>
    ["rename:a", "write:b", "link:c", "sync:d"].map((call) => ({ stage, call }))
  );
  const faults = drawFaults(made, { count: 8, effects: ["ENOSPC", "EIO"], seed: 3 });
  const times = (of: (fault: Fault) => string) =>
    [...Map.groupBy(faults, of).values()].map((some) => some.length);
  expect(times(({ call }) => call)).toEqual([2, 2, 2, 2]);
  expect(times(({ stage }) => stage)).toEqual([2, 2, 2, 2]);
  expect(times(({ effect }) => effect)).toEqual([4, 4]);
  expect(faults.every(({ moment }) => moment !== "after")).toBe(true); // what fails was not done
  const again = drawFaults(made, { count: 8, effects: ["ENOSPC", "EIO"], seed: 3 });
  expect(again).toEqual(faults);
  const kills = drawFaults(made, { count: 40, effects: ["kill"], seed: 3 });
  expect(new Set(kills.map(({ call, moment }) => `${call} ${moment}`)).size).toBe(2 + 3 + 2 + 2);
});

Deno.test("a call that is refused fails as on a full disk, and a write leaves half its bytes", async () => {
  await using folder = await temporaryFolder();
  const [from, to] = ["from", "to"].map((name) => join(folder.path, name));
  await Deno.writeTextFile(from!, "text");
  const fault = (call: string, moment: Fault["moment"]): Fault => ({
    ...{ stage: "begin", call, nth: 1, moment, effect: "ENOSPC" },
  });
  watchDeno(new Calls(folder.path, [fault("rename:to", "before")], () => {}));
  const refused = { code: "ENOSPC", message: expect.stringMatching(/^No space left on device/) };
  await expect(Deno.rename(from!, to!)).rejects.toMatchObject(refused);
  expect(await Deno.readTextFile(from!)).toBe("text");
  await Deno.rename(from!, to!); // once

  watchDeno(new Calls(folder.path, [fault("write:to", "middle")], () => {}));
  {
    using file = await Deno.open(to!, { write: true, create: true, truncate: true });
    expect(() => file.writeSync(new TextEncoder().encode("12345678"))).toThrow("No space left");
  }
  expect(await Deno.readTextFile(to!)).toBe("1234");
});

const kill: Fault = { stage: "npre", call: "rename:x", nth: 1, moment: "after", effect: "kill" };

const nothing: Kept = {
  ...{ record: undefined, events: [], temporaries: [], torn: [] },
  ...{ artifacts: new Map(), objects: new Map(), begun: new Map() },
};

const started = (resumed: boolean): RunEvent => ({
  ...{ t: "2026-01-01T00:00:00.000Z", type: "started", node: "npre", key, resumed },
});

const progress = (epoch: number): RunEvent => ({
  ...{ t: "2026-01-01T00:00:00.000Z", type: "progress", node: "npre", unit: "images" },
  ...{ done: 64 * epoch, total: 256, metrics: { epoch } },
});

/** Which kinds of costs a process had. */
function costs(
  before: Partial<Kept>,
  after: Partial<Kept>,
  ended: Partial<Ended> = {},
  last?: Fault,
): string[] {
  const found = judge({
    before: { ...nothing, ...before },
    after: { ...nothing, ...after },
    ended: { how: "SIGKILL", met: kill, stderr: "", ...ended },
    last,
  });
  return (Object.keys(found) as (keyof Costs)[]).filter((kind) => found[kind].length > 0);
}

Deno.test("what was acknowledged and is gone, or is made again, is lost", () => {
  const objects = new Map([[key, "hash"]]);
  const begun = new Map([[key, { epochs: 2, rows: 0 }]]);
  expect(costs({ objects }, { objects })).toEqual([]);
  expect(costs({ objects }, {})).toEqual(["lost"]);
  expect(costs({ artifacts: objects }, { artifacts: new Map([[key, "other"]]) })).toEqual(["lost"]);
  expect(costs({ record: "{}" }, { record: "{ }" })).toEqual(["lost"]);
  expect(costs({ events: [started(false)] }, { events: [] })).toEqual(["lost"]);
  expect(costs({ objects }, { objects, events: [started(true)] })).toEqual(["lost"]);
  expect(costs({ begun }, { events: [started(false)] })).toEqual(["lost"]);
  expect(costs({ begun }, { events: [started(true), progress(2)] })).toEqual(["lost"]);
  expect(costs({ begun }, { events: [started(true), progress(3)] })).toEqual([]);
});

Deno.test("what is torn or told to be damaged is corrupt, but for the event that was cut in its middle", () => {
  const message = "/out/small/events.jsonl is damaged: its last line is cut off after 12 bytes";
  const damaged: RunEvent = { t: "2026-01-01T00:00:00.000Z", type: "run-damaged", message };
  const torn = { torn: [message] };
  const cut: Fault = { ...kill, call: "write:events.jsonl", moment: "middle" };
  expect(costs({}, torn)).toEqual(["corrupt"]);
  expect(costs({}, torn, { met: cut })).toEqual([]);
  expect(costs({}, { events: [damaged] })).toEqual(["corrupt"]);
  expect(costs({}, { events: [damaged] }, {}, cut)).toEqual([]);
  expect(costs({}, { torn: ["manifest.json is damaged"] }, { met: cut })).toEqual(["corrupt"]);
});

Deno.test("what is refused ends with exit code 2 and one sentence, with nothing half written", () => {
  const full: Fault = { ...kill, effect: "ENOSPC" };
  const stderr = "error: Cannot write: No space left. Free some.\n";
  expect(costs({}, {}, { met: full, how: 2, stderr })).toEqual([]);
  expect(costs({}, {}, { met: full, how: 1, stderr })).toEqual(["wrong"]);
  expect(costs({}, {}, { met: full, how: 2, stderr: `${stderr}  at run.ts\n` })).toEqual(["wrong"]);
  expect(costs({}, { temporaries: ["a.tmp"] }, { met: full, how: 2, stderr })).toEqual(["wrong"]);
  expect(costs({}, {}, { met: undefined, how: 2, stderr })).toEqual(["wrong"]);
  expect(costs({}, {}, { how: 0 })).toEqual(["wrong"]); // a kill that was survived
});
