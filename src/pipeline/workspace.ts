/** The folders that nodes are made in: finding finished artifacts, resuming partial ones, committing. */
import { join } from "node:path";
import { z } from "zod";
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
import { reasonOf } from "./reason.ts";
import { seal, unseal } from "./sealed.ts";
import type { Artifact } from "./stage.ts";
import { folderNames, runPaths } from "./store.ts";

/** What the disk has for a node whose inputs are known. */
export type NodeState =
  & (
    | { readonly state: "done"; readonly artifact: Artifact }
    | { readonly state: "elsewhere"; readonly dir: string; readonly hash: string }
    | { readonly state: "partial"; readonly why: string }
    | { readonly state: "missing"; readonly why: string }
  )
  & {
    /** What is wrong with a file that was left here and is therefore not used. */
    readonly damage?: string;
  };

/** Why a node is made that was never made before. */
export const notMadeYet = "not made yet";

/** `partial.json`: what the files beside it are parts of. */
const partialSchema = z.object({ node: z.string(), key: z.string() });
const partialFile = "partial.json";

export class Workspace<Services> {
  readonly #dir: string;
  readonly #out: string;
  #index: Promise<ReadonlyMap<string, readonly string[]>> | undefined;

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
    const own = await this.#own(node, key);
    if (own.artifact) return { state: "done", artifact: own.artifact };
    const partial = await this.#partial(node);
    const damage = own.damage ?? partial.damage;
    const found = { ...(damage !== undefined && { damage }) };
    this.#index ??= indexArtifacts(this.#out);
    const equals = (await this.#index).get(key) ?? [];
    for (const dir of partial.sealed === key ? [partial.dir, ...equals] : equals) {
      const artifact = await intact(dir, node);
      if (artifact) return { state: "elsewhere", dir, hash: artifact.hash, ...found };
    }
    if (partial.key === key) return { state: "partial", why: "it was stopped half-way", ...found };
    const why = own.manifest
      ? difference(own.manifest, node, inputs)
      : partial.key !== undefined
      ? "an attempt with other settings or versions is dropped"
      : notMadeYet;
    return { state: "missing", why, ...found };
  }

  /** The folder to work in: the one left by a stopped attempt at the same key, else a new one. */
  async prepare(node: Node<string, Services>, key: string): Promise<string> {
    const dir = runPaths(this.#dir).partial(node.id);
    if ((await this.#partial(node)).key !== key) {
      await removeIfThere(dir);
      await Deno.mkdir(dir, { recursive: true });
      const record = seal({ node: node.id, key });
      await writeFileAtomic(join(dir, partialFile), `${JSON.stringify(record)}\n`);
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
   * by hard links where the disk allows. `undefined` where it is gone or damaged by now. */
  async adopt(node: Node<string, Services>, from: string): Promise<Artifact | undefined> {
    const partial = runPaths(this.#dir).partial(node.id);
    try {
      const manifest = await readManifest(from);
      if (!manifest) return undefined;
      const names = ["manifest.json", ...Object.keys(manifest.files)];
      if (from !== partial) {
        await removeIfThere(partial);
        await Deno.mkdir(partial, { recursive: true });
        for (const name of names) await linkOrCopy(join(from, name), join(partial, name));
        await openArtifact(partial);
      }
      return await this.#moveIn(node, new Set(names));
    } catch (error) {
      if (error instanceof DamagedArtifact || error instanceof Deno.errors.NotFound) {
        return undefined;
      }
      throw error;
    }
  }

  /** This run's own finished artifact, if it has this key; else what is there in its place. */
  async #own(node: Node<string, Services>, key: string): Promise<
    { readonly artifact?: Artifact; readonly manifest?: Manifest; readonly damage?: string }
  > {
    const dir = runPaths(this.#dir).artifact(node.id);
    try {
      const manifest = await readManifest(dir);
      if (manifest === undefined) {
        return await isFolder(dir) ? { damage: `${dir} has no manifest.json` } : {};
      }
      if (manifest.stage !== node.stage.name || manifest.kind !== node.kind) {
        return { damage: `${dir} holds the ${manifest.kind} of a stage ${manifest.stage}` };
      }
      const artifact = await openArtifact(dir);
      return manifest.key === key ? { artifact } : { manifest };
    } catch (error) {
      if (!(error instanceof DamagedArtifact)) throw error;
      return { damage: error.message };
    }
  }

  /** What an earlier attempt left in the partial folder: the key that it worked at, and the key of what it
   * had sealed there and not moved in yet. */
  async #partial(node: Node<string, Services>): Promise<
    {
      readonly dir: string;
      readonly key?: string;
      readonly sealed?: string;
      readonly damage?: string;
    }
  > {
    const dir = runPaths(this.#dir).partial(node.id);
    const path = join(dir, partialFile);
    try {
      const manifest = await readManifest(dir);
      if (manifest) await openArtifact(dir);
      const sealed = { ...(manifest && { sealed: manifest.key }) };
      const text = await readTextIfThere(path);
      if (text === undefined) return { dir, ...sealed };
      const { node: owner, key } = partialSchema.parse(unseal(JSON.parse(text)));
      if (owner !== node.id) throw new Error(`it belongs to ${owner}`);
      return { dir, key, ...sealed };
    } catch (error) {
      if (error instanceof DamagedArtifact) return { dir, damage: error.message };
      return { dir, damage: `${path} is damaged: ${reasonOf(error)}` };
    }
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
}

/** Key -> folders of every finished artifact of every run under `out`. */
async function indexArtifacts(out: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const index = new Map<string, string[]>();
  for (const run of await folderNames(out)) {
    for (const node of await folderNames(join(out, run, "artifacts"))) {
      const dir = runPaths(join(out, run)).artifact(node);
      const manifest = await readManifest(dir).catch(() => undefined);
      if (manifest) index.set(manifest.key, [...index.get(manifest.key) ?? [], dir]);
    }
  }
  return index;
}

/** The artifact in `dir`, if all of it is as it was sealed. */
async function intact<Services>(
  dir: string,
  node: Node<string, Services>,
): Promise<Artifact | undefined> {
  const artifact = await openArtifact(dir).catch(() => undefined);
  return artifact?.kind === node.kind ? artifact : undefined;
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await Deno.link(from, to);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw error;
    await Deno.copyFile(from, to);
  }
}

async function isFolder(path: string): Promise<boolean> {
  return await Deno.stat(path).then(({ isDirectory }) => isDirectory, () => false);
}

/** Why a finished artifact is not what is asked for now. */
function difference<Services>(
  manifest: Manifest,
  node: Node<string, Services>,
  inputs: Readonly<Record<string, string>>,
): string {
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
