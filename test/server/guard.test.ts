import { expect } from "expect";
import { Hono } from "hono";
import { hostGuard, ownHosts } from "../../src/server/guard.ts";

const machine = () => ["box.example.org", "box", "box.local", "192.168.1.5", "fe80::1%eth0"];

const loopback = [
  "127.0.0.1",
  "127.0.0.1:8000",
  "127.0.0.1:9", // another port: a forwarded one
  "localhost",
  "localhost:8000",
  "LOCALHOST:8000",
  "localhost.:8000",
  "[::1]",
  "[::1]:8000",
  "[0:0:0:0:0:0:0:1]:8000",
];

const foreign = [
  undefined,
  "",
  ":8000",
  "rebound.example",
  "rebound.example:8000",
  "localhost.rebound.example",
  "rebound.example.localhost.",
  "127.0.0.1.rebound.example",
  "127.0.0.2",
  "[::2]:8000",
  "0.0.0.0:8000",
  "rebound.example@127.0.0.1",
  "127.0.0.1@rebound.example",
  "127.0.0.1, rebound.example",
  "127.0.0.1/rebound.example",
  "rebound.example#127.0.0.1",
  "rebound.example?127.0.0.1",
  "rebound.example\\127.0.0.1",
  "127.0.0.1 rebound.example",
  "[::1",
  "::1",
  "127.0.0.1:port",
  "127.0.0.1:8000:8000",
];

Deno.test("a server on the loopback address has the loopback names, whatever the port, and no other", () => {
  const isOwn = ownHosts({ host: "127.0.0.1", address: "127.0.0.1" }, machine);
  expect(loopback.filter((host) => !isOwn(host))).toEqual([]);
  expect([...foreign, ...machine()].filter((host) => isOwn(host))).toEqual([]);
});

Deno.test("a server on one address has what --host named, too, as a name and as the address that it became", () => {
  const isOwn = ownHosts({ host: "Box.Lan", address: "192.168.1.5" }, machine);
  const own = [...loopback, "box.lan", "box.lan:8000", "box.lan.", "192.168.1.5:8000"];
  expect(own.filter((host) => !isOwn(host))).toEqual([]);
  expect([...foreign, "box.example.org"].filter((host) => isOwn(host))).toEqual([]);
  const six = ownHosts({ host: "fd00::A:1", address: "fd00::a:1" }, machine);
  expect([six("[fd00::a:1]:8000"), six("[fd00:0::A:1]"), six("[fd00::a:2]")])
    .toEqual([true, true, false]);
});

Deno.test("a server on all addresses has the names and addresses of the machine at that moment", () => {
  for (const address of ["0.0.0.0", "::"]) {
    let now = machine();
    const isOwn = ownHosts({ host: address, address }, () => now);
    const own = [
      ...loopback,
      "box.example.org:8000",
      "BOX",
      "box.local",
      "192.168.1.5:8000",
      "[fe80::1]:8000",
    ];
    expect(own.filter((host) => !isOwn(host))).toEqual([]);
    const others = foreign.filter((host) => host !== "0.0.0.0:8000");
    expect([...others, "192.168.1.6:8000"].filter((host) => isOwn(host))).toEqual([]);
    now = ["192.168.1.6"];
    expect([isOwn("192.168.1.6:8000"), isOwn("192.168.1.5:8000")]).toEqual([true, false]);
  }
});

Deno.test("a server on all addresses knows this machine's own", () => {
  const isOwn = ownHosts({ host: "0.0.0.0", address: "0.0.0.0" });
  expect(isOwn(Deno.hostname())).toBe(true);
  for (const { address, family } of Deno.networkInterfaces()) {
    const [host] = address.split("%");
    expect(isOwn(family === "IPv6" ? `[${host}]:8000` : `${host}:8000`)).toBe(true);
  }
  expect(isOwn("rebound.example")).toBe(false);
});

Deno.test("hostGuard() answers in place of the server where the Host header is foreign", async () => {
  const app = new Hono();
  app.use(hostGuard((host) => host === "own", (c) => c.text(`not ${c.req.header("host")}`, 421)));
  let reached = 0;
  app.get("*", (c) => c.text(`${++reached}`));
  const ask = async (headers: HeadersInit) => {
    const answer = await app.request("/", { headers });
    return [answer.status, await answer.text()];
  };
  expect(await ask({ host: "own" })).toEqual([200, "1"]);
  expect(await ask({ host: "foreign" })).toEqual([421, "not foreign"]);
  expect(await ask({})).toEqual([421, "not undefined"]);
  expect(reached).toBe(1);
});
