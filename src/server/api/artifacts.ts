/** `/api/runs/:run/artifacts`: the files of a run, by the manifests that list them. */
import { Hono } from "hono";
import { extname } from "node:path";
import { findArtifactFile, listArtifacts } from "../../registry/run_artifacts.ts";
import type { RunFiles } from "../../registry/run_files.ts";
import type { Runs } from "../../registry/runs.ts";
import { answers, answersJson, unchanged, unknownRun } from "./describe.ts";
import { noFile, noRun } from "./refusals.ts";
import { artifactsSchema } from "./schemas.ts";
import { artifactView } from "./views.ts";

/** Everything else is bytes. None of them runs in a browser, and all are saved, not shown. */
const contentTypes: Readonly<Record<string, string>> = {
  ".csv": "text/csv; charset=utf-8",
  ".json": "application/json",
  ".jsonl": "application/jsonl",
  ".png": "image/png",
  ".txt": "text/plain; charset=utf-8",
};
const bytesType = "application/octet-stream";

/** Files of so many bytes are checked before they are answered; larger ones as they go, and a damaged one
 * then breaks off before its end. */
const checkedFirst = 1 << 20;

export function artifactRoutes(runs: Runs, files: RunFiles): Hono {
  const routes = new Hono();
  routes.get(
    "/:run/artifacts",
    answersJson(
      { operationId: "listArtifacts", summary: "The files of its stages", errors: unknownRun },
      artifactsSchema,
      "What the manifests of its finished stages list",
    ),
    async (c) => {
      const glance = await runs.glance(c.req.param("run"));
      if (!glance) return noRun(c, c.req.param("run"));
      const { name, record, message } = glance;
      if (!record) return c.json({ artifacts: [], notes: [message ?? ""] });
      const { artifacts, notes } = await listArtifacts(files, name, record);
      return c.json({ artifacts: artifacts.map((one) => artifactView(name, one)), notes });
    },
  );
  routes.get(
    "/:run/artifacts/:node/:file",
    answers(
      {
        operationId: "getArtifactFile",
        summary: "One file of a stage",
        description:
          "Its bytes, checked against the SHA-256 in the manifest, which is the ETag. One of more than " +
          `${checkedFirst} bytes is checked as it goes: where it is damaged, the answer breaks off.`,
        errors: {
          403: "What lies there is not what the manifest says",
          404: "There is no such run, or no manifest of it lists such a file",
        },
      },
      {
        description: "The file, to be saved",
        content: Object.fromEntries(
          [...Object.values(contentTypes), bytesType]
            .map((type) => [type.split(";")[0]!, { schema: {} }]),
        ),
      },
      unchanged,
    ),
    async (c) => {
      const glance = await runs.glance(c.req.param("run"));
      if (!glance) return noRun(c, c.req.param("run"));
      const { node, file } = c.req.param();
      const found = glance.record &&
        await findArtifactFile(files, glance.name, glance.record, { node, file });
      if (!found) return noFile(c);
      const etag = `"${found.sha256}"`;
      c.header("etag", etag);
      if (c.req.header("if-none-match")?.includes(etag)) return c.body(null, 304);
      c.header("content-type", contentTypes[extname(file).toLowerCase()] ?? bytesType);
      c.header("content-disposition", `attachment; filename*=UTF-8''${encoded(file)}`);
      if (found.bytes <= checkedFirst) return c.body(await new Response(found.read()).bytes());
      c.header("content-length", `${found.bytes}`);
      return c.body(found.read());
    },
  );
  return routes;
}

/** As RFC 8187 has it. */
function encoded(name: string): string {
  return encodeURIComponent(name.toWellFormed())
    .replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
