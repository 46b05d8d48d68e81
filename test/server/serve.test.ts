import { expect } from "expect";
import { parsePort, serve } from "../../src/server/serve.ts";
import { temporaryFolder } from "./folders.ts";

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
async function whileServing(out: string, use: (url: string) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  const { promise: url, resolve } = Promise.withResolvers<string>();
  const served = serve({ out, port: 0, signal: stop.signal, onListen: resolve });
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

Deno.test("parsePort() takes whole numbers up to 65535 and nothing else", () => {
  expect([parsePort("0"), parsePort("8000"), parsePort("65535")]).toEqual([0, 8000, 65535]);
  for (const text of ["65536", "-1", "80.5", "8e3", "", "http"]) {
    expect(() => parsePort(text)).toThrow("--port must be a whole number from 0 to 65535");
  }
});

Deno.test("a user's mistake ends the task with exit code 2 and one line, without a stack", async () => {
  const mistakes = [["--port", "x"], ["--out", "no/such/folder"], ["--prot", "1"], ["extra"]];
  for (const { code, stderr } of await Promise.all(mistakes.map((args) => task(...args)))) {
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: ./);
    expect(stderr).not.toMatch(/\n\s+at /);
  }
});

Deno.test("--help tells the options and ends with exit code 0", async () => {
  const { code, stdout } = await task("--help");
  expect(code).toBe(0);
  expect(stdout).toMatch(/--out <folder>[^]*--port <number>/);
});
