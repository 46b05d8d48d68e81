/** What the pages show, as JSON that a document describes; its errors are JSON too. */
import { Hono } from "hono";
import { describeRoute, type GenerateSpecOptions, openAPIRouteHandler } from "hono-openapi";
import { type RunFiles, UnreadableFile } from "../../registry/run_files.ts";
import type { Registry } from "../../registry/registry.ts";
import type { Places } from "../limits.ts";
import type { EventStreams } from "../streams/event_streams.ts";
import { streamRoutes } from "../streams/routes.ts";
import { artifactRoutes } from "./artifacts.ts";
import { compareRoutes } from "./compare.ts";
import { eventRoutes } from "./events.ts";
import { experimentRoutes } from "./experiments.ts";
import { runRoutes } from "./runs.ts";

export interface ApiOptions {
  readonly registry: Registry;
  readonly files: RunFiles;
  readonly streams: EventStreams;
  /** Of open streams. */
  readonly places: Places;
  /** Told of every error that no one expected. */
  readonly onFault: (error: Error) => void;
}

/** What the document says of all addresses. */
const documentation: GenerateSpecOptions["documentation"] = {
  info: {
    title: "clusterfit",
    version: "1",
    description:
      "Runs of clusterfit, read-only. Times are seconds, dates ISO 8601 in UTC, scores percent. An " +
      "error is JSON with one field, `error`.",
    license: { name: "MIT", identifier: "MIT" },
  },
  servers: [{ url: "/api" }],
  components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } },
  /** A server that is open to this machine only asks for no token. */
  security: [{}, { token: [] }],
};

export function createApi({ registry, files, streams, places, onFault }: ApiOptions): Hono {
  const { runs } = registry;
  const api = new Hono();
  api.route("/runs", runRoutes(registry));
  api.route("/runs", artifactRoutes(runs, files));
  api.route("/runs", eventRoutes(runs, files));
  api.route("/", compareRoutes(runs));
  api.route("/", experimentRoutes(registry));
  api.route("/runs", streamRoutes({ runs, streams, places }));
  api.get(
    "/openapi.json",
    describeRoute({
      operationId: "describeApi",
      summary: "This document",
      responses: {
        200: {
          description: "OpenAPI 3.1",
          content: { "application/json": { schema: { type: "object" } } },
        },
      },
    }),
    openAPIRouteHandler(api, { documentation, excludeStaticFile: false }),
  );
  api.all(
    "*",
    (c) =>
      c.json({
        error: "There is no such address. Those that there are stand in /api/openapi.json.",
      }, 404),
  );
  api.onError((error, c) => {
    if (error instanceof UnreadableFile) {
      return c.json({ error: `This file cannot be shown: ${error.message}.` }, 403);
    }
    onFault(error);
    return c.json({ error: "The runs cannot be read; the terminal of the server says why." }, 500);
  });
  return api;
}
