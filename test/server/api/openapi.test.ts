import { expect } from "expect";
import { Validator } from "@seriousme/openapi-schema-validator";
import { createApp } from "../../../src/server/app.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { request } from "./checked.ts";

async function documentOf(out: string) {
  return await (await request(createApp({ out }), "/api/openapi.json")).json();
}

Deno.test("an OpenAPI validator accepts the document, and finds each reference in it", async () => {
  await using folder = await temporaryFolder();
  const document = await documentOf(folder.path);
  const validator = new Validator();
  expect(await validator.validate(structuredClone(document))).toEqual({ valid: true });
  expect(validator.version).toBe("3.1");
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/g)].map(([, ref]) => ref!);
  const names = Object.keys(document.components.schemas);
  for (const ref of new Set(refs)) {
    expect(names).toContain(ref.replace("#/components/schemas/", ""));
  }
});

Deno.test("each address in the document is described: what it is, and each parameter of its query", async () => {
  await using folder = await temporaryFolder();
  const { paths } = await documentOf(folder.path);
  expect(Object.keys(paths).sort()).toEqual([
    "/compare",
    "/experiments",
    "/openapi.json",
    "/runs",
    "/runs/{run}",
    "/runs/{run}/artifacts",
    "/runs/{run}/artifacts/{node}/{file}",
    "/runs/{run}/curves",
    "/runs/{run}/events",
    "/runs/{run}/result",
    "/runs/{run}/stream",
  ]);
  for (const path of Object.keys(paths)) {
    expect(Object.keys(paths[path])).toEqual(["get"]);
    const { operationId, summary, parameters = [] } = paths[path].get;
    expect([path, operationId, summary]).toEqual([path, expect.any(String), expect.any(String)]);
    for (const { name, in: place, description } of parameters) {
      if (place === "query") {
        expect([path, name, description]).toEqual([path, name, expect.any(String)]);
      }
    }
  }
  const ids = Object.values<{ get: { operationId: string } }>(paths).map(({ get }) =>
    get.operationId
  );
  expect(new Set(ids).size).toBe(ids.length);
});
