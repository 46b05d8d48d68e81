import { expect } from "expect";
import { Access } from "../../src/server/access.ts";
import { createApp } from "../../src/server/app.ts";
import { loginPath } from "../../src/server/login.ts";
import { parseToken, serve } from "../../src/server/serve.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { answerChecker } from "./api/checked.ts";

const token = "t".repeat(40);
const check = await answerChecker(createApp({ out: "none" }));

const ask = (
  app: ReturnType<typeof createApp>,
  path: string,
  headers: Record<string, string> = {},
  method = "GET",
) => app.request(path, { method, headers: { host: "localhost", ...headers } });

async function locked() {
  const folder = await temporaryFolder();
  const access = new Access(token);
  const next: string[] = [];
  const app = createApp({ out: folder.path, access, onLogin: (path) => void next.push(path) });
  return { app, access, next, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

const cookieOf = (answer: Response) => answer.headers.get("set-cookie")!.split(";")[0]!;

Deno.test("where a token is asked for nothing of a run is shown without: a page says how to log in, the API in JSON", async () => {
  await using server = await locked();
  for (const path of ["/", "/runs/x", "/runs/x/report", "/metrics", "/compare", "/nothing"]) {
    const answer = await ask(server.app, path);
    expect([path, answer.status]).toEqual([path, 401]);
    expect(await answer.text()).toContain("The terminal in which the server was started");
  }
  for (const path of ["/api/runs", "/api/runs/x/stream", "/api/openapi.json", "/api/nothing"]) {
    const answer = await ask(server.app, path);
    expect(await check(path, answer)).toMatchObject({
      status: 401,
      json: { error: expect.stringContaining("Log in") },
    });
    expect(answer.headers.get("www-authenticate")).toContain("Bearer");
  }
  expect((await ask(server.app, "/healthz")).status).toBe(200);
  expect((await ask(server.app, "/login")).status).toBe(200);
});

Deno.test("a program reads with the token, and with no other word in its place", async () => {
  await using server = await locked();
  const status = async (authorization: string) =>
    (await ask(server.app, "/api/runs", { authorization })).status;
  expect(await status(`Bearer ${token}`)).toBe(200);
  for (
    const other of [
      `Bearer ${token}t`,
      `Bearer ${token.slice(1)}`,
      "Bearer ",
      token,
      `Basic ${token}`,
    ]
  ) {
    expect(await status(other)).toBe(401);
  }
});

Deno.test("an address logs one browser in, once, by a cookie that scripts and other sites do not get and that is not the token", async () => {
  await using server = await locked();
  const path = loginPath(server.access);
  const answer = await ask(server.app, path);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.headers.get("refresh")).toBe("0; url=/");
  const cookie = answer.headers.get("set-cookie")!;
  for (const word of ["HttpOnly", "SameSite=Strict", "Path=/"]) expect(cookie).toContain(word);
  expect(cookie).not.toContain(token);
  expect(cookie).not.toContain(path.split("token=")[1]);
  expect((await ask(server.app, "/api/runs", { cookie: cookieOf(answer) })).status).toBe(200);
  const again = await ask(server.app, path);
  expect([again.status, again.headers.get("set-cookie")]).toEqual([401, null]);
  expect((await ask(server.app, server.next[0]!)).status).toBe(200);
});

Deno.test("the token of programs logs no browser in by its address, and gets a program an address that does", async () => {
  await using server = await locked();
  expect((await ask(server.app, `/login?token=${token}`)).status).toBe(401);
  const answer = await ask(server.app, "/login", { authorization: `Bearer ${token}` });
  const { login } = await answer.json();
  expect((await ask(server.app, login)).headers.get("set-cookie")).toContain("HttpOnly");
});

Deno.test("a person may paste the address, or its token, where a login is asked for", async () => {
  await using server = await locked();
  for (const path of ["/", "/login", "/login?token=wrong"]) {
    const text = await (await ask(server.app, path)).text();
    expect(text).toMatch(/<form [^>]*method="get" action="\/login">\s*<label>/);
    expect(text).toMatch(/<input type="password" name="token" autocomplete="off" required>/);
  }
  const paste = async (text: string) => {
    const answer = await ask(server.app, `/login?${new URLSearchParams({ token: text })}`);
    return [answer.status, /<h1>(.*)<\/h1>/.exec(await answer.text())![1]];
  };
  const address = `http://box:8000${loginPath(server.access)}`;
  expect(await paste(` ${address}\n`)).toEqual([200, "Logged in"]);
  const refused = "This address was used already, or is not one of this server";
  for (const text of [address, "wrong", ""]) expect(await paste(text)).toEqual([401, refused]);
  const [, ticket] = loginPath(server.access).split("token=");
  expect(await paste(ticket!)).toEqual([200, "Logged in"]);
});

Deno.test("a browser that looks ahead, or asks for the head alone, does not use an address up", async () => {
  await using server = await locked();
  const path = loginPath(server.access);
  await ask(server.app, path, { "sec-purpose": "prefetch;prerender" });
  await ask(server.app, path, {}, "HEAD");
  expect((await ask(server.app, path)).status).toBe(200);
});

Deno.test("a session that was not signed here, was changed, or is over opens nothing", () => {
  let now = 0;
  const access = new Access(token, () => now);
  const { session, seconds } = access.redeem(access.ticket())!;
  expect(access.isSession(session)).toBe(true);
  expect(new Access(`${token}x`, () => now).isSession(session)).toBe(false);
  const [until, ...rest] = session.split(".");
  expect(access.isSession([Number(until) + 1, ...rest].join("."))).toBe(false);
  for (const other of ["", ".", "9e99.x.", session.slice(0, -1)]) {
    expect(access.isSession(other)).toBe(false);
  }
  now = 1000 * seconds;
  expect(access.isSession(session)).toBe(false);
});

Deno.test("a server asks for a login on any address but this machine's own, there where a token is given or asked for", async () => {
  await using folder = await temporaryFolder();
  const statusAt = async (options: { host?: string; token?: string; asksToken?: boolean }) => {
    const stop = new AbortController();
    let status = 0;
    const { promise, resolve } = Promise.withResolvers<[string, unknown]>();
    const served = serve({
      ...{ out: folder.path, port: 0, signal: stop.signal, ...options },
      onListen: (url, login) => resolve([url, login]),
    });
    const [url, login] = await promise;
    const answer = await fetch(`${url}api/runs`);
    status = answer.status;
    await answer.body?.cancel();
    expect(login !== undefined).toBe(status === 401);
    stop.abort();
    await served;
    return status;
  };
  expect(await statusAt({})).toBe(200);
  expect(await statusAt({ asksToken: true })).toBe(401);
  expect(await statusAt({ token })).toBe(401);
  expect(await statusAt({ host: "0.0.0.0" })).toBe(401);
});

Deno.test("a token that could be guessed is refused, without being repeated", () => {
  expect(parseToken(token)).toBe(token);
  for (const short of ["", "secret", `${token} x`]) {
    expect(() => parseToken(short)).toThrow("it needs 32 characters or more");
  }
  expect(() => parseToken("secret")).not.toThrow("secret");
});
