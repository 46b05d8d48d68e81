/** What a route says of itself in the OpenAPI document, and the check of its query. */
import type { MiddlewareHandler } from "hono";
import { describeRoute, resolver, validator } from "hono-openapi";
import type { z } from "zod";
import { errorSchema } from "./schemas.ts";

export interface Described {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  /** Errors that it tells beside those that every request may meet: status -> when. */
  readonly errors?: Readonly<Record<number, string>>;
}

export const unchanged = {
  304: { description: "What If-None-Match names is what would be answered" },
} as const;

/** Describes a route that answers with this JSON. */
export function answersJson(
  route: Described,
  schema: z.ZodType,
  description: string,
): MiddlewareHandler {
  const content = { "application/json": { schema: written(schema) } };
  return answers(route, { description, content }, unchanged);
}

/** Describes a route that answers with anything else. */
export function answers(
  { errors = {}, ...route }: Described,
  ok: { readonly description: string; readonly content: Record<string, { schema: object }> },
  others: Record<string, { description: string }> = {},
): MiddlewareHandler {
  const told = Object.entries({ ...errors, default: "The server refuses, or cannot answer" });
  return describeRoute({
    ...route,
    responses: {
      200: ok,
      ...others,
      ...Object.fromEntries(told.map(([status, description]) => [status, {
        description,
        content: { "application/json": { schema: written(errorSchema) } },
      }])),
    },
  });
}

/** As it is written, not as it is read: nothing more is in it than the schema names. */
const written = (schema: z.ZodType) => resolver(schema, { options: { io: "output" } });

export const unknownRun = { 404: "There is no such run" } as const;
export const badQuery = { 400: "A parameter is none, or has no such value" } as const;

/** Checks the query of a route and describes it. A 400 says in a sentence what is wrong with it. */
export function query<S extends z.ZodObject>(schema: S) {
  return validator("query", schema, (result, c) => {
    if (result.success) return;
    const given = result.data as Readonly<Record<string, unknown>>;
    return c.json({ error: firstProblem(schema, given, result.error[0]!) }, 400);
  });
}

function firstProblem(
  schema: z.ZodObject,
  given: Readonly<Record<string, unknown>>,
  { path = [], message }: {
    readonly path?: readonly unknown[] | undefined;
    readonly message: string;
  },
): string {
  const names = Object.keys(schema.shape);
  const name = path.length > 0 ? String(path[0]) : undefined;
  if (name === undefined) {
    const other = Object.keys(given).find((one) => !names.includes(one)) ?? "";
    return `Cannot take the parameter ${quoted(other)}: it needs one of ${names.join(", ")}.`;
  }
  const found = given[name] === undefined ? "none" : quoted(String(given[name]));
  return `Cannot take ${name}: it ${message}, found ${found}. See /api/openapi.json.`;
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text);
}
