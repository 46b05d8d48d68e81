/** Requests that nobody means well by: none breaks the server, and none gets a file that no manifest lists. */
import { expect } from "expect";
import fc from "fast-check";
import { join } from "node:path";
import { createApp } from "../../../src/server/app.ts";
import { hold, writeFinishedRun, writeRunningRun } from "../../registry/folders.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { checkedApi, request } from "../api/checked.ts";

const secret = "no-manifest-lists-these-words";

/** Everywhere that a path could lead to from a run. */
const secrets = [
  ...["secret.txt", "runs/secret.txt", "runs/objects/secret.txt", "runs/done/secret.txt"],
  ...["runs/done/artifacts/secret.txt", "runs/done/artifacts/summary/secret.txt"],
  ...["runs/live/artifacts/seed-7.npre/secret.txt", "runs/folder/secret.txt"],
];

const known = [
  ...[
    "api",
    "runs",
    "done",
    "live",
    "none",
    "folder",
    "report",
    "artifacts",
    "summary",
    "summary.json",
  ],
  ...[
    "seed-7.npre",
    "log.jsonl",
    "manifest.json",
    "secret.txt",
    "curves",
    "result",
    "events",
    "stream",
  ],
  ...[
    "compare",
    "experiments",
    "openapi.json",
    "metrics",
    "healthz",
    "objects",
    "clusters",
    "login",
    "",
  ],
];
const hostile = [
  ...[
    "..",
    ".",
    "%2e%2e",
    "%2E%2e%2f",
    "..%2f..%2f..%2fsecret.txt",
    "..%5c..%5csecret.txt",
    "%00",
    "%0d%0a",
  ],
  ...[
    "summary%2fsecret.txt",
    "%252e%252e",
    "%c0%ae%c0%ae",
    "%ff",
    "%",
    "%zz",
    "%ed%a0%80",
    "constructor",
  ],
  ...[
    "__proto__",
    "toString",
    "*",
    ":run",
    "{run}",
    "~",
    "a b",
    "a+b",
    "a;b=c",
    "<script>",
    "'\"`",
    "\\..\\",
  ],
  ...[
    "💥",
    "\u202e",
    "è".normalize("NFD"),
    "x".repeat(3000),
    "%41".repeat(1000),
    "run.json",
    ".git",
    "NaN",
  ],
];
const names = [
  ...[
    "state",
    "experiment",
    "data",
    "since",
    "until",
    "q",
    "limit",
    "offset",
    "after",
    "run",
    "token",
  ],
];
const values = [
  ...[
    "running",
    "done",
    "live",
    "0",
    "1",
    "-1",
    "1e9",
    "NaN",
    "2026-11-22",
    "abc.1",
    "",
    "%00",
    "%ff",
    "%",
  ],
  ...[
    "9".repeat(400),
    "../../secret.txt",
    "'; drop table runs; --",
    "[object Object]",
    "💥",
    "x".repeat(3000),
  ],
];

const addresses = [
  ...["/", "/runs/done", "/runs/live", "/runs/done/report", "/metrics", "/healthz", "/compare"],
  ...["/experiments", "/api/runs", "/api/runs/done", "/api/runs/live", "/api/compare"],
  ...["/api/experiments", "/api/openapi.json"],
  ...["curves", "result", "events", "stream", "artifacts", "artifacts/summary/summary.json"]
    .map((last) => `/api/runs/done/${last}`),
];

const oneOf = <T>(choices: readonly T[]) => fc.constantFrom(...choices);
const segment = fc.oneof(
  { weight: 6, arbitrary: oneOf(known) },
  { weight: 3, arbitrary: oneOf(hostile) },
  fc.string({ unit: "binary" }).map((text) => encodeURIComponent(text.toWellFormed())),
  fc.string(),
);
const parameter = fc.tuple(
  fc.oneof(oneOf(names), oneOf(names), fc.string()),
  fc.oneof(oneOf(values), fc.string({ unit: "binary" })),
).map(([name, value]) => `${name}=${value}`);
const query = fc.array(parameter, { maxLength: 4 }).map((all) =>
  all.length > 0 ? `?${all.join("&")}` : ""
);
/** Addresses that the server has, and such as begin like them. */
const path = fc.tuple(
  fc.oneof(
    oneOf(addresses),
    fc.tuple(oneOf(addresses), segment).map(([address, last]) =>
      `${address.slice(0, address.lastIndexOf("/"))}/${last}`
    ),
    fc.tuple(oneOf(addresses), fc.array(segment, { maxLength: 3 }))
      .map(([address, more]) => [address, ...more].join("/")),
    fc.array(segment, { maxLength: 5 }).map((segments) => `/${segments.join("/")}`),
  ),
  query,
).map((parts) => parts.join(""));
const method = fc.oneof(
  { weight: 9, arbitrary: fc.constant("GET") },
  oneOf(["HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "get", "X"]),
);
const header = fc.tuple(
  oneOf([
    "host",
    "if-none-match",
    "last-event-id",
    "authorization",
    "cookie",
    "accept",
    "range",
    "x-forwarded-for",
  ]),
  fc.oneof(
    oneOf([
      "localhost",
      "localhost:1",
      "elsewhere",
      "*",
      "bytes=0-",
      "Bearer x",
      "abc.999999999999",
      '"',
      "../..",
    ]),
    fc.string({
      unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
    }),
  ),
);

async function served(out: string): Promise<Disposable> {
  await writeFinishedRun(join(out, "runs"), "done");
  await writeRunningRun(join(out, "runs"), "live", Date.now());
  for (const file of secrets) {
    await Deno.mkdir(join(out, file, ".."), { recursive: true });
    await Deno.writeTextFile(join(out, file), secret);
  }
  await Deno.symlink(join(out, "secret.txt"), join(out, "runs/done/artifacts/summary/link.txt"));
  return await hold(join(out, "runs"), "live");
}

Deno.test("5,000 requests of any kind: none fails the server, none gets what no manifest lists, each below /api is as described", async () => {
  await using folder = await temporaryFolder();
  using _held = await served(folder.path);
  const faults: Error[] = [];
  const app = createApp({
    out: join(folder.path, "runs"),
    onFault: (error) => void faults.push(error),
  });
  const ask = await checkedApi(app);
  const statuses: number[] = [];
  await fc.assert(
    fc.asyncProperty(
      path,
      method,
      fc.array(header, { maxLength: 2 }),
      async (path, method, headers) => {
        const init = { method, headers };
        if (!canBeSent(path, init)) return fc.pre(false);
        const { pathname } = new URL(path, "http://localhost");
        const isApi = pathname.startsWith("/api/");
        const answer = isApi ? await ask(path, init) : await told(app, path, init);
        statuses.push(answer.status);
        expect(answer.status).toBeLessThan(500);
        expect(answer.text).not.toContain(secret);
        expect(faults).toEqual([]);
      },
    ),
    { numRuns: 5000, seed: 11, maxSkipsPerRun: 10 },
  );
  expect(statuses.length).toBe(5000);
  expect([...new Set(statuses)]).toEqual(expect.arrayContaining([200, 400, 404, 405, 421]));
});

/** Whether it is a request at all: what is none does not get past the port. */
function canBeSent(path: string, init: RequestInit): boolean {
  try {
    return new Request(new URL(path, "http://localhost"), init) !== undefined;
  } catch {
    return false;
  }
}

async function told(app: ReturnType<typeof createApp>, path: string, init: RequestInit) {
  const answer = await request(app, path, init);
  return { status: answer.status, text: await answer.text() };
}

Deno.test("each secret by each way that its path could be written: it never comes", async () => {
  await using folder = await temporaryFolder();
  using _held = await served(folder.path);
  const app = createApp({ out: join(folder.path, "runs") });
  const begins = [
    "/",
    "/runs/",
    "/runs/done/",
    "/api/runs/",
    "/api/runs/done/artifacts/summary/",
    "/api/runs/done/",
  ];
  const spellings: ((path: string) => string)[] = [
    (path) => path,
    (path) => encodeURIComponent(path),
    (path) => path.replaceAll("/", "%2f").replaceAll(".", "%2e"),
    (path) => path.replaceAll("/", "%5c"),
    (path) => path.replaceAll("..", "%252e%252e"),
    (path) => `${path}%00.json`,
  ];
  for (const file of [...secrets, "runs/done/artifacts/summary/link.txt"]) {
    const relative = file.replace(/^runs\//, "");
    for (
      const target of [
        relative,
        `../${file}`,
        `../../${file}`,
        `../../../../${file}`,
        join(folder.path, file),
      ]
    ) {
      for (const begin of begins) {
        for (const spell of spellings) {
          const { status, text } = await told(app, `${begin}${spell(target)}`, {});
          expect(status).toBeLessThan(500);
          expect([begin, target, text.includes(secret)]).toEqual([begin, target, false]);
        }
      }
    }
  }
});
