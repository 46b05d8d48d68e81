import { expect } from "expect";
import { eventReader, type RunEvent, sealEvent } from "../../src/pipeline/events.ts";
import { runFinished, runStarted, started } from "./events.ts";

const t = "2026-11-22T14:03:11.000Z";
const startOf = (run: string): RunEvent => ({
  ...{ t, ...runStarted },
  attempt: { ...runStarted.attempt, run },
});
const work: RunEvent = { t, ...started("first") };
const end: RunEvent = { t, ...runFinished };

Deno.test("eventReader() gives the events of a log as they were sealed", () => {
  const read = eventReader("toy");
  for (const event of [startOf("toy"), work, end]) expect(read(sealEvent(event))).toEqual(event);
});

Deno.test("eventReader() takes no event of another run, from its start to the next start of this one", () => {
  const read = eventReader("toy");
  expect(() => read(sealEvent(startOf("other")))).toThrow("an event of another run than toy");
  expect(() => read(sealEvent(work))).toThrow("an event of another run than toy");
  expect(read(sealEvent(startOf("toy")))).toEqual(startOf("toy"));
  expect(read(sealEvent(work))).toEqual(work);
});

Deno.test("eventReader() takes no line whose checksum is not that of its members", () => {
  const read = eventReader("toy");
  expect(() => read({ ...sealEvent(work), node: "second" })).toThrow("its checksum is");
  expect(() => read(work)).toThrow("it has no checksum");
});
