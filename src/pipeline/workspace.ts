/** The folders that nodes are made in: finding finished artifacts, resuming partial ones, committing. */
import { join } from "node:path";
import {
  DamagedArtifact,
  type Manifest,
  openArtifact,
  readManifest,
  sealArtifact,
} from "./artifact.ts";
import { readTextIfThere, removeIfThere, syncPath, writeFileAtomic } from "./files.ts";
import { type Node, nodeKey } from "./graph.ts";
import { canonicalJson } from "./json.ts";
import type { Artifact } from "./stage.ts";
import { folderNames, runPaths } from "./store.ts";

/** What the disk has for a node whose inputs are known. */
export type NodeState =
  | { readonly state: "done"; readonly artifact: Artifact }
  | { readonly state: "elsewhere"; readonly dir: string; readonly hash: string }
  | { readonly state: "partial"; readonly why: string }
  | { readonly state: "missing"; readonly why: string }
  | { readonly state: "damaged"; readonly why: string };

export class Workspace<Services> {
  readonly #dir: string;
  readonly #out: string;
  #index: Promise<ReadonlyMap<string, string>> | undefined;

  /** `dir` is the run's folder; equal artifacts of other runs under `out` are linked, not made again. */
  constructor(dir: string, out: string) {
    this.#dir = dir;
    this.#out = out;
  }

  /** Looks without changing anything. */
  async inspect(
    node: Node<string, Services>,
    inputs: Readonly<Record<string, string>>,
  ): Promise<NodeState> {
    const key = nodeKey(node, inputs);
    const dir = runPaths(this.#dir).artifact(node.id);
    const manifest = await readManifest(dir);
    if (manifest?.key === key) {
      try {
        return { state: "done", artifact: await openArtifact(dir) };
      } catch (error) {
        if (!(error instanceof DamagedArtifact)) throw error;
        return { state: "damaged", why: error.message };
      }
    }
    this.#index ??= indexArtifacts(this.#out);
    const partial = runPaths(this.#dir).partial(node.id);
    const sealed = (await readManifest(partial))?.key === key ? partial : undefined;
    const elsewhere = sealed ?? (await this.#index).get(key);
    if (elsewhere !== undefined) {
      const artifact = await openArtifact(elsewhere).catch(() => undefined);
      if (artifact) return { state: "elsewhere", dir: elsewhere, hash: artifact.hash };
    }
    if (await readTextIfThere(this.#keyFile(node)) === key) {
      return { state: "partial", why: "it was stopped half-way" };
    }
    return {
      state: "missing",
      why: manifest ? difference(manifest, node, inputs) : "not made yet",
    };
  }

  /** The folder to work in: the one left by a stopped attempt at the same key, else a new one. */
  async prepare(node: Node<string, Services>, key: string): Promise<string> {
    const dir = runPaths(this.#dir).partial(node.id);
    if (await readTextIfThere(this.#keyFile(node)) !== key) {
      await removeIfThere(dir);
      await Deno.mkdir(dir, { recursive: true });
      await writeFileAtomic(this.#keyFile(node), key);
    }
    return dir;
  }

  /** Seals the partial folder with `files` and moves it to its place. */
  async commit(
    node: Node<string, Services>,
    inputs: Readonly<Record<string, string>>,
    files: readonly string[],
  ): Promise<Artifact> {
    const partial = runPaths(this.#dir).partial(node.id);
    await sealArtifact(partial, {
      stage: node.stage.name,
      version: node.stage.version,
      kind: node.kind,
      config: JSON.parse(canonicalJson(node.config)),
      inputs: { ...inputs },
      key: nodeKey(node, inputs),
    }, files);
    return await this.#moveIn(node, new Set([...files, "manifest.json"]));
  }

  /** Takes over an equal artifact: a sealed partial folder that was not moved in yet, or another run's,
   * by hard links where the disk allows. */
  async adopt(node: Node<string, Services>, from: string): Promise<Artifact> {
    const manifest = await readManifest(from);
    const names = ["manifest.json", ...Object.keys(manifest?.files ?? {})];
    const partial = runPaths(this.#dir).partial(node.id);
    if (from !== partial) {
      await removeIfThere(partial);
      await Deno.mkdir(partial, { recursive: true });
      for (const name of names) {
        await Deno.link(join(from, name), join(partial, name))
          .catch(() => Deno.copyFile(join(from, name), join(partial, name)));
      }
    }
    return await this.#moveIn(node, new Set(names));
  }

  async #moveIn(node: Node<string, Services>, keep: ReadonlySet<string>): Promise<Artifact> {
    const { artifact, partial } = runPaths(this.#dir);
    for (const { name } of await Array.fromAsync(Deno.readDir(partial(node.id)))) {
      if (!keep.has(name)) await Deno.remove(join(partial(node.id), name), { recursive: true });
    }
    await syncPath(partial(node.id));
    await removeIfThere(artifact(node.id));
    await Deno.mkdir(join(this.#dir, "artifacts"), { recursive: true });
    await Deno.rename(partial(node.id), artifact(node.id));
    await syncPath(join(this.#dir, "artifacts"));
    return await openArtifact(artifact(node.id));
  }

  #keyFile(node: Node<string, Services>): string {
    return join(runPaths(this.#dir).partial(node.id), "key");
  }
}

/** Key -> folder of every finished artifact of every run under `out`. */
async function indexArtifacts(out: string): Promise<ReadonlyMap<string, string>> {
  const index = new Map<string, string>();
  for (const run of await folderNames(out)) {
    for (const node of await folderNames(join(out, run, "artifacts"))) {
      const dir = runPaths(join(out, run)).artifact(node);
      const manifest = await readManifest(dir);
      if (manifest) index.set(manifest.key, dir);
    }
  }
  return index;
}

/** Why a finished artifact is not what is asked for now. */
function difference<Services>(
  manifest: Manifest,
  node: Node<string, Services>,
  inputs: Readonly<Record<string, string>>,
): string {
  if (manifest.stage !== node.stage.name) return `it was made by stage ${manifest.stage}`;
  if (manifest.version !== node.stage.version) {
    return `stage ${node.stage.name} changed from version ${manifest.version} to ${node.stage.version}`;
  }
  const fields = new Set([...Object.keys(manifest.config), ...Object.keys(node.config)]);
  for (const field of fields) {
    const [before, now] = [manifest.config[field] ?? null, node.config[field] ?? null];
    if (canonicalJson(before) !== canonicalJson(now)) {
      return `${field} changed from ${canonicalJson(before)} to ${canonicalJson(now)}`;
    }
  }
  const changed = Object.keys(inputs).find((name) => manifest.inputs[name] !== inputs[name]);
  return `its input "${changed}" changed`;
}
