import { join } from "node:path";
import { expect } from "expect";
import type { Timeouts } from "../../src/server/listen.ts";
import { parseHost, parsePort, serve } from "../../src/server/serve.ts";
import { linesOf } from "../../tasks/lib/lines.ts";
import { writeRunningRun } from "../registry/folders.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { converse } from "./wire.ts";

const task = (...args: string[]) =>
  new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "tasks/serve.ts", ...args],
    stdout: "piped",
    stderr: "piped",
  }).output().then(({ code, stdout, stderr }) => ({
    code,
    stdout: new TextDecoder().decode(stdout),
    stderr: new TextDecoder().decode(stderr),
  }));

/** Serves `out` on a free port until `use` is done. */
async function whileServing(
  out: string,
  use: (url: string) => Promise<void>,
  options: { host?: string; timeouts?: Timeouts } = {},
): Promise<void> {
  const stop = new AbortController();
  const { promise: url, resolve } = Promise.withResolvers<string>();
  const served = serve({ out, port: 0, signal: stop.signal, onListen: resolve, ...options });
  try {
    await use(await url);
  } finally {
    stop.abort();
    await served;
  }
}

Deno.test("serve() takes a free port on this machine and answers there", async () => {
  await using folder = await temporaryFolder();
  await whileServing(folder.path, async (url) => {
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect(await (await fetch(`${url}healthz`)).text()).toBe("ok");
  });
});

/** Whether anybody answers at another address of this machine than 127.0.0.1, at the port of `url`. */
async function answersElsewhere(url: string): Promise<boolean> {
  const port = Number(new URL(url).port);
  try {
    using _connection = await Deno.connect({ hostname: "127.0.0.2", port });
    return true;
  } catch {
    return false;
  }
}

Deno.test("serve() is open to this machine only, unless every address is asked for", async () => {
  await using folder = await temporaryFolder();
  await whileServing(folder.path, async (url) => {
    expect(await answersElsewhere(url)).toBe(false);
  });
  if (Deno.build.os !== "linux") return; // elsewhere 127.0.0.2 is no address of the machine
  await whileServing(folder.path, async (url) => {
    expect(await answersElsewhere(url)).toBe(true);
  }, { host: "0.0.0.0" });
});

Deno.test("deno task serve is open to this machine only", async () => {
  await using folder = await temporaryFolder();
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "tasks/serve.ts", "--port", "0", "--out", folder.path],
    stdout: "piped",
  }).spawn();
  try {
    for await (const line of linesOf(child.stdout)) {
      const [url] = /http:\S+/.exec(line) ?? [];
      if (url === undefined) continue;
      expect(await (await fetch(`${url}healthz`)).text()).toBe("ok");
      expect(await answersElsewhere(url)).toBe(false);
      break;
    }
  } finally {
    child.kill("SIGINT");
    expect((await child.status).code).toBe(0);
  }
});

Deno.test("after a login the next addresses are told as at the start: of this machine, and from another", async () => {
  await using folder = await temporaryFolder();
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--no-check", "tasks/serve.ts", "--port", "0"]
      .concat("--host", "0.0.0.0", "--out", folder.path),
    stdout: "piped",
  }).spawn();
  const told: string[] = [];
  let login: Promise<string> | undefined;
  for await (const line of linesOf(child.stdout)) {
    told.push(line);
    if (!line.startsWith("Ctrl-C")) continue;
    const [address] = /http:\S+/.exec(told[0]!)!;
    login = fetch(address).then((answer) => answer.text()).finally(() => child.kill("SIGINT"));
  }
  expect(await login).toContain("Logged in");
  await child.status;
  const start = told.findIndex((line) => line.startsWith("Ctrl-C"));
  const addresses = (lines: readonly string[]) =>
    lines.flatMap((line) => /http:\S+\/login(?=\?)/.exec(line)?.[0] ?? []);
  expect(addresses(told).length).toBeGreaterThan(1);
  expect(addresses(told.slice(start))).toEqual(addresses(told.slice(0, start)));
});

const patient: Timeouts = { request: 60_000, keepAlive: 60_000, silence: 60_000 };

Deno.test("connections on which nothing comes, or half a request, are closed", async () => {
  await using folder = await temporaryFolder();
  await whileServing(folder.path, async (url) => {
    const half = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n";
    const more = Array.from({ length: 20 }, (_, i) => `x-${i}: y\r\n`);
    const answers = await Promise.all([
      converse(url),
      converse(url, half),
      converse(url, half, ...more),
    ]);
    for (const answer of answers) expect(answer).toMatch(/^(HTTP\/1\.1 408 |$)/);
  }, { timeouts: { ...patient, request: 200 } });
});

Deno.test("a connection on which nothing comes after an answer is closed", async () => {
  await using folder = await temporaryFolder();
  await whileServing(folder.path, async (url) => {
    const answer = await converse(url, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\nok$/);
  }, { timeouts: { ...patient, keepAlive: 200 } });
});

Deno.test("a request with a foreign Host header gets 421 over the wire, as do two of them and none", async () => {
  await using folder = await temporaryFolder();
  await whileServing(folder.path, async (url) => {
    const status = async (request: string) =>
      (await converse(url, request)).match(/^HTTP\/1\.1 (\d+)/)?.[1];
    const get = "GET /api/runs HTTP/1.1\r\nConnection: close\r\n";
    expect(await status(`${get}Host: ${new URL(url).host}\r\n\r\n`)).toBe("200");
    expect(await status(`${get}Host: rebound.example\r\n\r\n`)).toBe("421");
    expect(await status(`${get}Host: localhost\r\nHost: rebound.example\r\n\r\n`)).toBe("421");
    expect(await status(`${get}\r\n`)).toBe("400");
    expect(await status("GET /api/runs HTTP/1.0\r\n\r\n")).toBe("421");
  });
});

Deno.test("what is no request gets 400 and does not end the server", async () => {
  await using folder = await temporaryFolder();
  await whileServing(folder.path, async (url) => {
    const host = "Host: localhost\r\nConnection: close\r\n\r\n";
    for (
      const line of ["GET * HTTP/1.1", "TRACE / HTTP/1.1", "\x16\x03\x01", "GET http://[/ HTTP/1.1"]
    ) {
      expect(await converse(url, `${line}\r\n${host}`)).toMatch(/^HTTP\/1\.1 400 /);
    }
    expect(await converse(url, `GET //[::: HTTP/1.1\r\n${host}`)).toMatch(/^HTTP\/1\.1 404 /);
    const body = `POST /api/runs HTTP/1.1\r\nContent-Length: 4\r\n${host}`;
    expect(await converse(url, `${body}1234`)).toMatch(/^HTTP\/1\.1 405 [^]*{"error":/);
    expect(await (await fetch(`${url}healthz`)).text()).toBe("ok");
  });
});

Deno.test("serve() listens where --host says, and has that name", async () => {
  await using folder = await temporaryFolder();
  for (const host of ["localhost", "0.0.0.0", Deno.hostname()]) {
    await whileServing(folder.path, async (url) => {
      expect(await (await fetch(`${url}healthz`)).text()).toBe("ok");
      expect(new URL(url).hostname).toBe(host === "0.0.0.0" ? "127.0.0.1" : host);
    }, { host });
  }
});

Deno.test("serve() says what to do about a host that is not of this machine", async () => {
  await using folder = await temporaryFolder();
  const told = (host: string) =>
    expect(serve({ out: folder.path, host, port: 0, onListen: () => {} })).rejects;
  await told("192.0.2.1").toThrow(
    "Listening on 192.0.2.1 failed: this machine has no such address",
  );
  await told("no-such-name.invalid").toThrow("no address is known for that name");
});

Deno.test("parseHost() takes names and addresses and nothing else", () => {
  const good = [
    "127.0.0.1",
    "0.0.0.0",
    "::",
    "::1",
    "fe80::1%eth0",
    "box.example.org",
    "localhost",
  ];
  expect(good.map(parseHost)).toEqual(good);
  expect(parseHost("[::1]")).toBe("::1");
  for (const text of ["", " ", "http://box", "box:8000", "[::1]:8000", "a b", "box/", "-", "."]) {
    expect(() => parseHost(text)).toThrow("--host must be a name or an address without a port");
  }
});

Deno.test("serve() says what to do about a port in use", async () => {
  await using folder = await temporaryFolder();
  await whileServing(folder.path, async (url) => {
    const port = Number(new URL(url).port);
    await expect(serve({ out: folder.path, port, onListen: () => {} }))
      .rejects.toThrow(`Port ${port} is in use. Give another with --port`);
  });
});

Deno.test("serve() says what to do about a missing folder", async () => {
  await expect(serve({ out: "no/such/folder", port: 0, onListen: () => {} }))
    .rejects.toThrow("Serving the runs in no/such/folder failed: there is no such folder.");
});

Deno.test("deno task serve shows an empty list where the usual folder has yet to come, and its runs later", async () => {
  await using folder = await temporaryFolder();
  const tasks = new URL("../../tasks/", import.meta.url).pathname;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", `${tasks}serve.ts`, "--port", "0"],
    ...{ cwd: folder.path, stdout: "piped" },
  }).spawn();
  try {
    let url = "";
    for await (const line of linesOf(child.stdout)) {
      url = /http:\S+/.exec(line)?.[0] ?? url;
      if (line.startsWith("There is no such folder yet")) break;
    }
    const names = async () => {
      const { runs } = await (await fetch(`${url}api/runs`)).json();
      return runs.map(({ id }: { id: string }) => id);
    };
    expect(await names()).toEqual([]);
    await writeRunningRun(join(folder.path, "runs"), "first", Date.now());
    let shown: string[] = [];
    for (let tries = 0; tries < 100 && shown.length === 0; tries++) {
      shown = await names();
      if (shown.length === 0) await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(shown).toEqual(["first"]);
  } finally {
    child.kill("SIGINT");
    expect((await child.status).code).toBe(0);
  }
});

Deno.test("parsePort() takes whole numbers up to 65535 and nothing else", () => {
  expect([parsePort("0"), parsePort("8000"), parsePort("65535")]).toEqual([0, 8000, 65535]);
  for (const text of ["65536", "-1", "80.5", "8e3", "", "http"]) {
    expect(() => parsePort(text)).toThrow("--port must be a whole number from 0 to 65535");
  }
});

Deno.test("a user's mistake ends the task with exit code 2 and one line, without a stack", async () => {
  const mistakes = [
    ["--port", "x"],
    ["--host", ""],
    ["--host", "192.0.2.1"],
    ["--out", "no/such/folder"],
    ["--prot", "1"],
    ["extra"],
  ];
  for (const { code, stderr } of await Promise.all(mistakes.map((args) => task(...args)))) {
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: ./);
    expect(stderr).not.toMatch(/\n\s+at /);
  }
});

Deno.test("--help tells the options and ends with exit code 0", async () => {
  const { code, stdout } = await task("--help");
  expect(code).toBe(0);
  expect(stdout).toMatch(/--out <folder>[^]*--host <name>[^]*--port <number>/);
});
