/** Whether a finished artifact is the one that a node asks for, and if not, why. */
import type { Manifest } from "./artifact.ts";
import type { Node } from "./graph.ts";
import { canonicalJson } from "./json.ts";

type Asked = Pick<Node<string, never>, "stage" | "kind" | "config">;

/** What is wrong with a manifest found in `dir`, where an artifact of this node was put; undefined where it
 * is one, of whatever key. */
export function foreign(
  dir: string,
  manifest: Manifest,
  { stage, kind }: Asked,
): string | undefined {
  if (manifest.stage === stage.name && manifest.kind === kind) return undefined;
  return `${dir} is damaged: it holds the ${manifest.kind} of a stage ${manifest.stage}`;
}

/** Why an artifact of this node with another key is not what is asked for now. `inputs`: hashes by name. */
export function difference(
  manifest: Manifest,
  { stage, config }: Asked,
  inputs: Readonly<Record<string, string>>,
): string {
  if (manifest.version !== stage.version) {
    return `stage ${stage.name} changed from version ${manifest.version} to ${stage.version}`;
  }
  const fields = new Set([...Object.keys(manifest.config), ...Object.keys(config)]);
  for (const field of fields) {
    const [before, now] = [manifest.config[field] ?? null, config[field] ?? null];
    if (canonicalJson(before) !== canonicalJson(now)) {
      return `${field} changed from ${canonicalJson(before)} to ${canonicalJson(now)}`;
    }
  }
  const names = new Set([...Object.keys(manifest.inputs), ...Object.keys(inputs)]);
  const changed = [...names].find((name) => manifest.inputs[name] !== inputs[name]);
  return `its input "${changed}" changed`;
}
