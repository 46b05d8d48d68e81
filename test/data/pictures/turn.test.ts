import { expect } from "expect";
import { Turn } from "../../../src/data/pictures/turn.ts";

Deno.test("between two turns the event loop goes on, and an abort ends the loop", async () => {
  const stop = new AbortController();
  const turn = new Turn(stop.signal);
  let ran = false;
  setTimeout(() => ran = true);
  while (!turn.isOver);
  expect(ran).toBe(false);
  await turn.next();
  expect(ran).toBe(true);
  setTimeout(() => stop.abort(new Error("enough")));
  while (!turn.isOver);
  await expect(turn.next()).rejects.toThrow("enough");
  expect(() => new Turn(stop.signal)).toThrow("enough");
});
