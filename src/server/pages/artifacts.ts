/** The files that the stages of a run wrote, by their manifests. */
import { html } from "hono/html";
import type { RunArtifact } from "../../registry/run_artifacts.ts";
import { formatBytes } from "../../report/bytes.ts";
import type { Html } from "../../report/html.ts";
import { count } from "../../results/count.ts";
import { pathOf } from "../api/links.ts";

export function artifactsTable(run: string, artifacts: readonly RunArtifact[]): Html | undefined {
  if (artifacts.length === 0) return undefined;
  const files = artifacts.flatMap(({ node, manifest }) =>
    Object.entries(manifest.files).map(([name, { bytes }]) => ({ node, name, bytes }))
  );
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return html`
    <h2>Files</h2>
    <details id="files">
      <summary>${count(files.length, "file")} of ${count(artifacts.length, "stage")}, ${formatBytes(
        bytes,
      )}</summary>
      <table class="files compact">
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">Size</th>
            <th scope="col">Stage</th>
          </tr>
        </thead>
        <tbody>
          ${files.map(({ node, name, bytes }) =>
            html`
              <tr id="file-${node}-${name}">
                <td><a href="/api${pathOf("runs", run, "artifacts", node, name)}">${name}</a></td>
                <td>${formatBytes(bytes)}</td>
                <td>${node}</td>
              </tr>
            `
          )}
        </tbody>
      </table>
    </details>
  `;
}
