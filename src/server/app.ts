/** The status server as a function of requests: read-only, over the run folders in `out`. */
import { type Context, Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { createApi } from "./api/api.ts";
import type { Access } from "./access.ts";
import { hostGuard, ownHosts } from "./guard.ts";
import { defaultLimits, type Limits, Places } from "./limits.ts";
import { accessGuard, loginRoutes } from "./login.ts";
import { liveScriptHash } from "./pages/live_script.ts";
import { counted, metricsRoute } from "./metrics/routes.ts";
import { ServerMetrics } from "./metrics/server_metrics.ts";
import { keepAnswers } from "./keep_answers.ts";
import { Kept } from "./kept.ts";
import { createPages } from "./pages/routes.ts";
import { refuse } from "./refusal.ts";
import { Resources } from "./resources.ts";
import { Registry } from "../registry/registry.ts";
import { RunFiles, UnreadableFile } from "../registry/run_files.ts";
import { EventStreams } from "./streams/event_streams.ts";

export interface AppOptions {
  readonly out: string;
  /** Whether a `Host` header means this server. */
  readonly isOwnHost?: (host: string | undefined) => boolean;
  readonly files?: RunFiles;
  /** Of the runs in `out`; whoever gives it disposes of it. */
  readonly registry?: Registry;
  /** Who may read the runs; everybody who reaches the server without. */
  readonly access?: Access;
  /** Told the path that logs the next browser in, when one was used. */
  readonly onLogin?: (path: string) => void;
  readonly limits?: Limits;
  /** Milliseconds for which what many ask for is answered as it was; without, everything is made anew each time. */
  readonly pauses?: Pauses;
  /** Told of every error that no one expected. */
  readonly onFault?: (error: Error) => void;
}

export interface Pauses {
  readonly json: number;
  readonly page: number;
}

/** Of a server that people watch: a look at a run five times a second at most. */
export const servedPauses: Pauses = { json: 200, page: 500 };

/** Addresses that everybody asks for again and again. */
const often = {
  json: ["/api/runs", "/api/runs/:run", "/api/runs/:run/curves", "/api/experiments"],
  page: ["/", "/experiments", "/compare"],
} as const;

/** `app.request("/api/runs", { headers: { host: "localhost" } })` answers without a port. */
export function createApp({
  out,
  isOwnHost = ownHosts({ host: "localhost", address: "127.0.0.1" }),
  files = new RunFiles(out),
  registry = Registry.open(out, files),
  access,
  onLogin = () => {},
  limits = defaultLimits,
  pauses,
  onFault = console.error,
}: AppOptions): Hono {
  const metrics = new ServerMetrics();
  const resources = new Resources();
  const streams = new EventStreams(files, { onFault });
  const places = new Places({ all: limits.streams, perClient: limits.streamsPerClient });
  const app = new Hono();

  app.use(counted(metrics));
  app.use(secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      connectSrc: ["'self'"],
      imgSrc: ["'self'", "data:"],
      scriptSrc: [liveScriptHash],
      styleSrc: ["'unsafe-inline'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: "no-referrer",
    strictTransportSecurity: false,
  }));
  app.use(async (c, next) => {
    await next();
    if (!c.res.headers.has("cache-control")) c.header("cache-control", "no-store");
  });
  app.use(hostGuard(isOwnHost, foreignHost));
  app.use(async (c, next) => {
    if (!["GET", "HEAD"].includes(c.req.method)) return readOnly(c);
    await next();
  });

  if (access) app.use(accessGuard(access));

  if (access) app.route("/", loginRoutes(access, onLogin));
  app.get("/healthz", (c) => c.text("ok"));
  const kept = new Kept();
  if (pauses) {
    for (const path of often.json) app.use(path, keepAnswers(kept, pauses.json));
    for (const path of often.page) app.use(path, keepAnswers(kept, pauses.page));
  }
  app.get("/metrics", metricsRoute({ registry, files, resources, metrics, places }));
  app.route("/", createPages({ registry, files, resources }));
  app.route("/api", createApi({ registry, files, streams, places, onFault }));

  app.onError((error, c) => {
    if (error instanceof UnreadableFile) {
      return refuse(c, 403, "This file cannot be shown", `${error.message}.`);
    }
    onFault(error);
    return refuse(c, 500, "The runs cannot be read", "The terminal of the server says why.");
  });
  app.notFound((c) => refuse(c, 404, "No such page", "The list of runs is at /."));
  return app;
}

function foreignHost(c: Context) {
  return refuse(
    c,
    421,
    "This server has another name",
    "Open it at the address that it told when it started; another name is given with --host.",
  );
}

function readOnly(c: Context) {
  c.header("allow", "GET, HEAD");
  return refuse(c, 405, "Nothing can be changed here", "The server only shows runs.");
}
