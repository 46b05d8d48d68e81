import { expect } from "expect";
import { Hono } from "hono";
import { keepAnswers } from "../../src/server/keep_answers.ts";
import { Kept } from "../../src/server/kept.ts";

function counting(pause: number) {
  let now = 0;
  let made = 0;
  const app = new Hono();
  app.use("/page", keepAnswers(new Kept({ now: () => now }), pause));
  app.get("/page", (c) => c.html(`${++made} ${c.req.query("q") ?? ""}`));
  app.use("/none", keepAnswers(new Kept({ now: () => now }), pause));
  app.get("/none", (c) => c.text(`${++made}`, 404));
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await app.request(path, { headers });
    return { status: answer.status, text: await answer.text(), etag: answer.headers.get("etag")! };
  };
  return { ask, pass: (ms: number) => now += ms };
}

Deno.test("all who ask for an address get what was made for the first of them, until the pause is over, and while it is then made anew", async () => {
  const { ask, pass } = counting(100);
  const texts = async (count: number) =>
    (await Promise.all(Array.from({ length: count }, () => ask("/page")))).map(({ text }) => text);
  expect(await texts(3)).toEqual(["1 ", "1 ", "1 "]);
  pass(99);
  expect(await texts(1)).toEqual(["1 "]);
  pass(1);
  expect(await texts(2)).toEqual(["2 ", "1 "]);
  expect(await texts(1)).toEqual(["2 "]);
});

Deno.test("another query is another answer", async () => {
  const { ask } = counting(100);
  expect((await ask("/page?q=a")).text).toBe("1 a");
  expect((await ask("/page?q=b")).text).toBe("2 b");
  expect((await ask("/page?q=a")).text).toBe("1 a");
});

Deno.test("errors are not kept", async () => {
  const { ask } = counting(100);
  expect(await ask("/none")).toMatchObject({ status: 404, text: "1" });
  expect(await ask("/none")).toMatchObject({ status: 404, text: "2" });
  const both = await Promise.all([ask("/none"), ask("/none")]);
  expect(both.map(({ text }) => text).sort()).toEqual(["3", "4"]);
});

Deno.test("who has the answer already is told so", async () => {
  const { ask } = counting(100);
  const { etag } = await ask("/page");
  expect(await ask("/page", { "if-none-match": etag })).toMatchObject({ status: 304, text: "" });
});
