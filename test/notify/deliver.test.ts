import { expect } from "expect";
import { deliver, type Outcome, patience } from "../../src/notify/deliver.ts";
import { fakeClock } from "./fake_clock.ts";

const signal = new AbortController().signal;

/** Answers one after the other, the last one for ever. */
function answers(...all: [...Outcome[]]) {
  let tries = 0;
  return {
    attempt: () => Promise.resolve(all[Math.min(tries++, all.length - 1)]!),
    tries: () => tries,
  };
}

const again = { is: "again", why: "the answer was HTTP 503" } as const;

Deno.test("what is told is told once", async () => {
  const { attempt, tries } = answers({ is: "told" });
  expect(await deliver(attempt, { clock: fakeClock(), signal })).toBeUndefined();
  expect(tries()).toBe(1);
});

Deno.test("it is tried again after pauses that double up to a minute", async () => {
  const { attempt } = answers(...Array<Outcome>(9).fill(again), { is: "told" });
  const clock = fakeClock();
  expect(await deliver(attempt, { clock, signal })).toBeUndefined();
  expect(clock.slept.map((ms) => ms / 1000)).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
});

Deno.test("pauses are drawn, so that many runs do not ask at once", async () => {
  const { attempt } = answers(again, again, { is: "told" });
  const clock = { ...fakeClock(), random: () => 0 };
  await deliver(attempt, { clock, signal });
  expect(clock.slept).toEqual([500, 1000]);
});

Deno.test("it ends in fifteen minutes, and says how often it was tried", async () => {
  const { attempt, tries } = answers(again);
  const clock = fakeClock();
  const why = await deliver(attempt, { clock, signal });
  expect(why).toBe(`the answer was HTTP 503 (tried ${tries()} times)`);
  expect(patience).toBe(15 * 60_000);
  expect(clock.now()).toBeLessThanOrEqual(patience);
  expect(clock.now()).toBeGreaterThan(patience - 61_000);
});

Deno.test("a pause that is asked for is kept, up to five minutes", async () => {
  const { attempt } = answers(
    { ...again, after: 20_000 },
    { ...again, after: 86_400_000 },
    { is: "told" },
  );
  const clock = fakeClock();
  await deliver(attempt, { clock, signal });
  expect(clock.slept).toEqual([20_000, 300_000]);
});

Deno.test("what is refused is not tried again", async () => {
  const { attempt, tries } = answers({ is: "refused", why: "the answer was HTTP 404" });
  expect(await deliver(attempt, { clock: fakeClock(), signal })).toBe("the answer was HTTP 404");
  expect(tries()).toBe(1);
});

Deno.test("it ends where its signal is aborted, also between two tries", async () => {
  const stop = new AbortController();
  const { attempt, tries } = answers(again);
  const clock = fakeClock((now) => now > 10_000 && stop.abort(new Error("stopped")));
  await expect(deliver(attempt, { clock, signal: stop.signal })).rejects.toThrow("stopped");
  expect(tries()).toBe(5);
});
