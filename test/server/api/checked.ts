/** Requests whose answers are held to the OpenAPI document that the server itself gives. */
import { expect } from "expect";
import type { Hono } from "hono";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, object>> }>
  >;
}

export interface ApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, { readonly get: Operation }>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** `undefined` where it is no JSON. */
  // deno-lint-ignore no-explicit-any
  readonly json: any;
}

export type Ask = (path: string, init?: RequestInit) => Promise<Answer>;

/** `ask("/api/runs")` answers, and throws where the document says other than what came, status, content type or body, and
 * where the server failed. */
export async function checkedApi(app: Pick<Hono, "request">): Promise<Ask> {
  const check = await answerChecker(app);
  return async (path, init) => {
    const answer = await request(app, path, init);
    expect([path, answer.status < 500]).toEqual([path, true]);
    return await check(path, answer, init?.method);
  };
}

/** A function that reads an answer of an address below /api, and throws where the document of `app` says other. */
export async function answerChecker(
  app: Pick<Hono, "request">,
): Promise<(path: string, answer: Response, method?: string) => Promise<Answer>> {
  const document: ApiDocument = await (await request(app, "/api/openapi.json")).json();
  const check = answerCheck(document);
  return async (path, answer, method = "GET") => {
    const text = await answer.text();
    const type = answer.headers.get("content-type")?.split(";")[0] ?? "";
    const json = type === "application/json" && text !== "" ? JSON.parse(text) : undefined;
    const { status, headers } = answer;
    check({ path, method, status, type, json });
    return { status, headers, text, json };
  };
}

export async function request(
  app: Pick<Hono, "request">,
  path: string,
  { headers, ...init }: RequestInit = {},
): Promise<Response> {
  const answer = await app.request(path, {
    ...init,
    headers: { host: "localhost", ...Object.fromEntries(new Headers(headers)) },
  });
  const isStream = answer.headers.get("content-type") === "text/event-stream";
  return isStream ? await beginning(answer) : answer;
}

/** The first piece of an answer that does not end. */
async function beginning(answer: Response): Promise<Response> {
  const reader = answer.body?.getReader();
  const piece = await reader?.read();
  await reader?.cancel();
  return new Response(piece?.value as BodyInit | undefined, answer);
}

interface Told {
  readonly path: string;
  readonly method: string;
  readonly status: number;
  readonly type: string;
  readonly json: unknown;
}

function answerCheck(document: ApiDocument): (told: Told) => void {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document, "api");
  const hold = (place: readonly string[], value: unknown, path: string) => {
    const ref = `api#/${place.map(pointer).join("/")}`;
    const matches = ajv.getSchema(ref);
    expect([path, matches !== undefined]).toEqual([path, true]);
    matches!(value);
    expect([path, matches!.errors ?? null]).toEqual([path, null]);
  };
  return ({ path, method, status, type, json }) => {
    const template = templateOf(document, path);
    const operation = template && document.paths[template]!.get;
    const head = method === "HEAD" && status < 400;
    if (operation && status < 400) {
      const { content } = operation.responses[status] ?? {};
      expect([path, Object.hasOwn(operation.responses, status)]).toEqual([path, true]);
      if (!content) return expect([path, type]).toEqual([path, ""]);
      expect(Object.keys(content)).toContain(type);
      if (head || type !== "application/json") return;
      return hold(
        ["paths", template, "get", "responses", `${status}`, "content", type, "schema"],
        json,
        path,
      );
    }
    expect([path, status >= 400]).toEqual([path, true]);
    if (operation && method === "GET" && [400, 404].includes(status)) {
      expect([path, Object.keys(operation.responses)]).toEqual([
        path,
        expect.arrayContaining([`${status}`]),
      ]);
    }
    if (method === "HEAD") return;
    expect([path, type]).toEqual([path, "application/json"]);
    hold(["components", "schemas", "Error"], json, path);
  };
}

/** The path of the document that an address is of. */
function templateOf({ paths }: ApiDocument, address: string): string | undefined {
  const { pathname } = new URL(address, "http://localhost");
  const segments = pathname.split("/").slice(2);
  const fits = (template: string) => {
    const parts = template.split("/").slice(1);
    return parts.length === segments.length &&
      parts.every((part, at) => part.startsWith("{") ? segments[at] !== "" : part === segments[at]);
  };
  return pathname.startsWith("/api/") ? Object.keys(paths).find(fits) : undefined;
}

const pointer = (name: string) =>
  encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"));
