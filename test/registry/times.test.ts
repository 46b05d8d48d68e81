import { expect } from "expect";
import { since, until } from "../../src/registry/times.ts";

const now = Date.parse("2026-11-26T12:00:00Z");

Deno.test("a day begins and ends at midnight here", () => {
  expect(since("2026-11-20")).toBe(new Date(2026, 10, 20).toISOString());
  expect(until("2026-11-30")).toBe(new Date(2026, 11, 1).toISOString());
});

Deno.test("a time is one here unless it says where", () => {
  expect(since("2026-11-20T14:30")).toBe(new Date(2026, 10, 20, 14, 30).toISOString());
  expect(until("2026-11-20T14:30:05Z")).toBe("2026-11-20T14:30:05.000Z");
});

Deno.test("a while ago is counted from now", () => {
  expect(since("90m", now)).toBe("2026-11-26T10:30:00.000Z");
  expect(since("12h", now)).toBe("2026-11-26T00:00:00.000Z");
  expect(since("2d", now)).toBe("2026-11-24T12:00:00.000Z");
  expect(until("1w", now)).toBe("2026-11-19T12:00:00.000Z");
});

Deno.test("what is no time is none", () => {
  for (
    const text of [
      "",
      "x",
      "yesterday",
      "2026-02-31",
      "2026-13-01",
      "2026-11-20T99:00",
      "-3d",
    ]
  ) {
    expect({ text, since: since(text) }).toEqual({ text, since: undefined });
  }
});
