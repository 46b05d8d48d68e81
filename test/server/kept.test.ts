import { expect } from "expect";
import { Hono } from "hono";
import { answerKept, Kept } from "../../src/server/kept.ts";

Deno.test("a text is made once for a state, however many ask, and anew for another state", async () => {
  const kept = new Kept();
  let made = 0;
  const release = Promise.withResolvers<void>();
  const make = async () => {
    await release.promise;
    return `text ${++made}`;
  };
  const first = {};
  const asked = Promise.all([1, 2, 3].map(() => kept.of("a", first, make)));
  release.resolve();
  expect((await asked).map(({ text }) => text)).toEqual(["text 1", "text 1", "text 1"]);
  expect((await kept.of("a", first, make)).text).toBe("text 1");
  expect((await kept.of("a", {}, make)).text).toBe("text 2");
  expect((await kept.of("b", first, make)).text).toBe("text 3");
});

Deno.test("those who ask for a newer state while a text is made get the newer one", async () => {
  const kept = new Kept();
  const release = Promise.withResolvers<void>();
  const old = kept.of("a", "old", async () => {
    await release.promise;
    return "old";
  });
  const recent = kept.of("a", "new", () => "new");
  release.resolve();
  expect([(await old).text, (await recent).text]).toEqual(["old", "new"]);
});

Deno.test("where making fails all that ask are told, and the next one makes it", async () => {
  const kept = new Kept();
  const fails = () => Promise.reject(new Error("no"));
  const asked = await Promise.allSettled([kept.of("a", 1, fails), kept.of("a", 1, fails)]);
  expect(asked.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect((await kept.of("a", 1, () => "yes")).text).toBe("yes");
});

Deno.test("with a pause the last text is answered as stale until the pause is over, longer where making it took long", async () => {
  let now = 0;
  const kept = new Kept({ now: () => now });
  const ask = (state: number, took: number) =>
    kept.of("a", state, () => {
      now += took;
      return `${state}`;
    }, { pause: 2000 });
  expect(await ask(1, 10)).toMatchObject({ text: "1", stale: false });
  now = 1999;
  expect(await ask(2, 10)).toMatchObject({ text: "1", stale: true });
  expect(await ask(1, 10)).toMatchObject({ text: "1", stale: false });
  now = 2000;
  expect(await ask(2, 500)).toMatchObject({ text: "2", stale: false });
  now = 2000 + 20 * 500 - 1;
  expect(await ask(3, 10)).toMatchObject({ text: "2", stale: true });
  now++;
  expect(await ask(3, 10)).toMatchObject({ text: "3", stale: false });
});

Deno.test("texts that were not asked for longest go when there are too many characters, or texts", async () => {
  const made: string[] = [];
  const ask = (kept: Kept, key: string, text: string) =>
    kept.of(key, 1, () => {
      made.push(key);
      return text;
    });
  const few = new Kept({ characters: 10 });
  for (const key of ["a", "b", "a", "c", "a", "b"]) await ask(few, key, "1234");
  expect(made.splice(0)).toEqual(["a", "b", "c", "b"]);
  const long = new Kept({ characters: 10 });
  for (const key of ["a", "a"]) expect((await ask(long, key, "x".repeat(11))).text.length).toBe(11);
  const two = new Kept({ texts: 2 });
  made.length = 0;
  for (const key of ["a", "b", "c", "b", "a"]) await ask(two, key, "");
  expect(made).toEqual(["a", "b", "c", "a"]);
});

Deno.test("a client that has the text gets 304, and one that got a stale text learns when to ask again", async () => {
  const app = new Hono();
  const text = await new Kept().of("a", 1, () => "text");
  app.get("/", (c) => answerKept(c, text, "text/plain"));
  app.get("/stale", (c) => answerKept(c, { ...text, stale: true }, "text/plain"));
  const first = await app.request("/");
  const etag = first.headers.get("etag")!;
  expect([first.status, await first.text()]).toEqual([200, "text"]);
  const again = await app.request("/", { headers: { "if-none-match": `"x", ${etag}` } });
  expect([again.status, await again.text()]).toEqual([304, ""]);
  expect(first.headers.get("retry-after")).toBe(null);
  expect((await app.request("/stale")).headers.get("retry-after")).toBe("2");
});
