/** The artifacts of a finished run by the ids of their nodes, each checked as it is opened. */
import type { z } from "zod";
import { artifactOf, checkArtifact, DamagedArtifact, type Manifest } from "../pipeline/artifact.ts";
import { UserError } from "../pipeline/errors.ts";
import type { Artifact } from "../pipeline/stage.ts";
import { type RunFolder, runPaths } from "../pipeline/store.ts";

/** An artifact and what made it. */
export interface Found {
  readonly node: string;
  readonly manifest: Manifest;
  readonly artifact: Artifact;
}

export class Artifacts {
  readonly #found = new Map<string, Promise<Found>>();

  constructor(readonly run: RunFolder) {}

  /** Rejects with a UserError where the artifact is missing or damaged. */
  open(node: string): Promise<Found> {
    const found = this.#found.get(node) ?? this.#check(node);
    this.#found.set(node, found);
    return found;
  }

  /** Those of this kind that the node's stage read, in the order of its inputs. */
  async inputs(node: string, kind: string): Promise<Found[]> {
    const ids = this.run.record.nodes.find(({ id }) => id === node)?.inputs ?? [];
    const found = await Promise.all(ids.map((id) => this.open(id)));
    return found.filter(({ manifest }) => manifest.kind === kind);
  }

  /** Nodes of one of these stages that read this node. */
  readers(node: string, stages: readonly string[]): string[] {
    return this.run.record.nodes
      .filter(({ stage, inputs }) => stages.includes(stage) && inputs.includes(node))
      .map(({ id }) => id);
  }

  async #check(node: string): Promise<Found> {
    const dir = runPaths(this.run.dir).artifact(node);
    const manifest = await needIntact(this.run, checkArtifact(dir));
    return { node, manifest, artifact: artifactOf(dir, manifest) };
  }
}

/** The config of a manifest, as far as it is needed. */
export function configOf<Config>({ manifest }: Found, schema: z.ZodType<Config>): Config {
  return schema.parse(manifest.config);
}

/** The promise's value; a UserError where it finds the run damaged or not finished. */
async function needIntact<T>({ id }: RunFolder, promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    if (!(error instanceof DamagedArtifact)) throw error;
    throw new UserError(
      `Cannot export from the run ${id}: it needs a finished run, found that ${error.message}. ` +
        "Give its command again: it makes what is missing or damaged.",
      { cause: error },
    );
  }
}
