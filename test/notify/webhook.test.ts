import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "expect";
import { newsSchema } from "../../src/notify/news.ts";
import type { FormName } from "../../src/notify/ways/forms.ts";
import { wayOf } from "../../src/notify/ways/list.ts";
import { webhook } from "../../src/notify/ways/webhook.ts";
import { someNews } from "./some_news.ts";

const secret = "T0K-n-of-the-webhook";

interface Asked {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** A webhook on this machine. */
async function serving(answer: (response: ServerResponse, nth: number) => void) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const pieces = await Array.fromAsync(request as AsyncIterable<Uint8Array>);
    const { method, url, headers } = request;
    asked.push({ method, url, headers, body: Buffer.concat(pieces).toString() });
    answer(response, asked.length);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    asked,
    variables: { CLUSTERFIT_NOTIFY_URL: `http://127.0.0.1:${port}/hooks/${secret}` },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const ok = (response: ServerResponse) => void response.end("ok");

async function sent(form: FormName, news = someNews): Promise<Asked> {
  await using server = await serving(ok);
  expect(await webhook(form, server.variables).tell(news)).toEqual({ is: "told" });
  return server.asked[0]!;
}

Deno.test("the JSON form is the news, as the schema has it", async () => {
  const { method, url, headers, body } = await sent("json");
  expect([method, url]).toEqual(["POST", `/hooks/${secret}`]);
  expect(headers["content-type"]).toBe("application/json");
  expect(headers.authorization).toBeUndefined();
  expect(newsSchema.strict().parse(JSON.parse(body))).toEqual(someNews);
});

Deno.test("Slack gets text in which nothing is markup", async () => {
  const { body } = await sent("slack", { ...someNews, message: "<!channel> & more" });
  expect(JSON.parse(body)).toEqual({
    text: "clusterfit default-1a2b3c: failed (ClusterFit of icons)\n&lt;!channel&gt; &amp; more",
  });
});

Deno.test("Discord gets 2,000 characters at most, whole ones, and calls nobody", async () => {
  const { body } = await sent("discord", { ...someNews, message: "🙂".repeat(3000) });
  const { content, ...rest } = JSON.parse(body);
  expect(content.length).toBeLessThanOrEqual(2000);
  expect(content.isWellFormed()).toBe(true);
  expect(content.endsWith("🙂…")).toBe(true);
  expect(rest).toEqual({ allowed_mentions: { parse: [] } });
});

Deno.test("ntfy gets plain text, and headers that hold ASCII only", async () => {
  const plain = await sent("ntfy");
  expect(plain.body).toBe(
    `clusterfit default-1a2b3c: failed (ClusterFit of icons)\n${someNews.message}`,
  );
  expect(plain.headers).toMatchObject({
    title: "clusterfit default-1a2b3c: failed",
    priority: "high",
    tags: "x",
  });
  const { headers, body } = await sent("ntfy", {
    ...someNews,
    run: "zähler\r\nX-Evil: 1",
    message: "ü".repeat(9000),
  });
  expect(headers["title"]).toMatch(/^=\?UTF-8\?B\?[A-Za-z0-9+/=]+\?=$/);
  expect(headers["x-evil"]).toBeUndefined();
  expect(new TextEncoder().encode(body).length).toBeLessThanOrEqual(4096);
});

Deno.test("a token is sent as bearer", async () => {
  await using server = await serving(ok);
  const way = webhook("json", { ...server.variables, CLUSTERFIT_NOTIFY_TOKEN: " tk_1 " });
  await way.tell(someNews);
  expect(server.asked[0]!.headers.authorization).toBe("Bearer tk_1");
});

Deno.test("HTTP 429 and 5xx are worth another try, after the time that they ask for", async () => {
  for (const status of [429, 500, 503]) {
    await using server = await serving((response) => {
      response.writeHead(status, { "retry-after": "7" }).end("busy");
    });
    expect(await webhook("slack", server.variables).tell(someNews)).toEqual({
      ...{ is: "again", why: `the answer was HTTP ${status}`, after: 7000 },
    });
  }
});

Deno.test("a time to ask again that cannot be read is none, and one that is past too", async () => {
  for (const after of ["soon", "-5", "Wed, 21 Oct 2015 07:28:00 GMT", "1e999"]) {
    await using server = await serving((response) => {
      response.writeHead(503, { "retry-after": after }).end();
    });
    expect(await webhook("slack", server.variables).tell(someNews)).toMatchObject({ after: 0 });
  }
});

Deno.test("a wrong address is refused, and not tried again", async () => {
  await using server = await serving((response) => {
    response.writeHead(404).end(`no hook ${secret}`);
  });
  const outcome = await webhook("slack", server.variables).tell(someNews);
  expect(outcome.is).toBe("refused");
  expect(JSON.stringify(outcome)).not.toContain(secret);
});

Deno.test("an answer that leads elsewhere is not followed", async () => {
  await using other = await serving(ok);
  await using server = await serving((response) => {
    response.writeHead(307, { location: other.variables.CLUSTERFIT_NOTIFY_URL }).end();
  });
  const way = webhook("json", { ...server.variables, CLUSTERFIT_NOTIFY_TOKEN: "tk_1" });
  const outcome = await way.tell(someNews);
  expect(outcome.is).toBe("refused");
  expect(other.asked).toEqual([]);
  expect(JSON.stringify(outcome)).not.toContain(secret);
});

Deno.test("a connection that is cut, or refused, is worth another try", async () => {
  await using server = await serving((response) => void response.destroy());
  const cut = await webhook("json", server.variables).tell(someNews);
  await server[Symbol.asyncDispose]();
  const closed = await webhook("json", server.variables).tell(someNews);
  expect(cut).toEqual({ is: "again", why: "no connection to the address" });
  expect(closed).toEqual({
    ...{ is: "again", why: "no connection to the address: connection refused" },
  });
});

Deno.test("an answer that does not come is waited for so long and no longer", async () => {
  await using server = await serving(() => {});
  const outcome = await webhook("json", server.variables, 100).tell(someNews);
  expect(outcome).toEqual({ is: "again", why: "no answer within 0.1 s" });
});

Deno.test("the body of an answer that never ends is not waited for", async () => {
  await using server = await serving((response) => void response.writeHead(200).write("x"));
  expect(await webhook("json", server.variables).tell(someNews)).toEqual({ is: "told" });
});

Deno.test("an address comes from the environment alone, and no message repeats it", () => {
  const set = (CLUSTERFIT_NOTIFY_URL: string) => ({ CLUSTERFIT_NOTIFY_URL });
  const wrong = [
    [`https://hooks.example/${secret}`, {}, "it is a secret, and the command line is kept"],
    ["slack", {}, "CLUSTERFIT_NOTIFY_URL, found none. Set it"],
    ["slack", set("  "), "found none"],
    ["slack", set(`ftp://x/${secret}`), "found no http address there"],
    ["slack", set(secret), "found no http address there"],
    ["slack", set(`https://me:${secret}@x/`), "found a name or a password in it"],
    ["slack", { ...set("https://x/"), CLUSTERFIT_NOTIFY_TOKEN: `${secret}\n2` }, "visible ASCII"],
    ["mail", {}, "it needs json, slack, discord, ntfy"],
    ["command: ", {}, "command:<program and arguments>"],
  ] as const;
  for (const [how, variables, message] of wrong) {
    const refused = () => wayOf(how, variables);
    expect(refused).toThrow(message);
    expect(refused).not.toThrow(secret);
  }
});
