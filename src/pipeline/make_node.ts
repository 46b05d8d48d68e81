/** Makes the artifact of one node in its run: found there, linked from the objects, or by its stage. */
import type { Manifest } from "./artifact.ts";
import type { Claim } from "./claim.ts";
import { linkOwn, lookAtOwn, type Own } from "./copies.ts";
import { explainSystemError, SystemError } from "./errors.ts";
import type { Origin, RunEventBody } from "./events.ts";
import { type Node, nodeKey } from "./graph.ts";
import { canonicalJson } from "./json.ts";
import { difference } from "./match.ts";
import { Objects } from "./objects.ts";
import type { Artifact, Progress } from "./stage.ts";
import { runPaths } from "./store.ts";

/** What the nodes of one run share. */
export interface Making<Services> {
  /** The run's folder, held by its lock. */
  readonly dir: string;
  /** The folder of all runs. */
  readonly out: string;
  /** Who does the work now. */
  readonly origin: Origin;
  /** Who made the artifacts that the run has, by node id. */
  readonly origins: ReadonlyMap<string, Origin>;
  readonly services: () => Promise<Services>;
  readonly signal: AbortSignal;
  onEvent(event: RunEventBody): void;
}

/** A stage's own failure, told as an event: its `cause`. The other stages may go on. */
export class StageFailure extends Error {}

export class NodeMaker<Services> {
  readonly #making: Making<Services>;
  readonly #node: Node<string, Services>;
  readonly #inputs: Readonly<Record<string, Artifact>>;
  readonly #hashes: Readonly<Record<string, string>>;
  readonly #key: string;
  readonly #objects: Objects;
  #own: Own | undefined;
  #saidToWait = false;

  /** `inputs`: every artifact that the node is made of. */
  constructor(
    making: Making<Services>,
    node: Node<string, Services>,
    inputs: Readonly<Record<string, Artifact>>,
  ) {
    this.#making = making;
    this.#node = node;
    this.#inputs = inputs;
    this.#hashes = Object.fromEntries(
      Object.entries(inputs).map(([name, artifact]) => [name, artifact.hash]),
    );
    this.#key = nodeKey(node, this.#hashes);
    this.#objects = new Objects(making.out);
  }

  /** The artifact; `undefined` where another run is making it: to be asked again. Throws a StageFailure
   * where the stage fails, and anything else where the whole run cannot go on. */
  async make(): Promise<Artifact | undefined> {
    try {
      return await this.#make();
    } catch (error) {
      if (this.#making.signal.aborted) throw this.#making.signal.reason;
      throw error instanceof StageFailure ? error : this.#explained(error);
    }
  }

  async #make(): Promise<Artifact | undefined> {
    const own = this.#own ??= await lookAtOwn(this.#making.dir, this.#node, this.#key);
    if (own.state === "same") {
      await this.#share(own.manifest);
      await this.#accept(own.artifact);
      this.#emit({ type: "reused", node: this.#node.id });
      return own.artifact;
    }
    const before = await this.#link();
    if (before.artifact) return before.artifact;
    using claim = await this.#objects.claim(this.#key);
    if (!claim) {
      if (!this.#saidToWait) this.#emit({ type: "waiting", node: this.#node.id, key: this.#key });
      this.#saidToWait = true;
      return undefined;
    }
    const object = await this.#link(claim); // another run may have made it by now
    return object.artifact ?? await this.#makeHere(claim, own, object.damage);
  }

  /** Links the object, if there is a good one. `claim`: the object's, where this run holds it. `manifest`: of
   * an object whose files were checked just now. */
  async #link(claim?: Claim, manifest?: Manifest): Promise<
    { readonly artifact?: Artifact; readonly damage?: string }
  > {
    const linked = await this.#objects.link(this.#making.dir, this.#keyed(), manifest);
    if (linked.state === "missing") return {};
    if (linked.state === "damaged") return { damage: linked.damage };
    const { artifact, origin, damage } = linked;
    if (this.#own?.state === "damaged") {
      this.#tell(`${this.#own.damage}: taken from ${this.#objects.path(this.#key)}`);
    }
    if (damage !== undefined) {
      this.#tell(`${damage}: who made the artifact is lost`);
      using own = claim ? undefined : await this.#objects.claim(this.#key);
      await (claim ?? own)?.restoreOrigin(undefined);
    }
    await this.#accept(artifact);
    this.#emit({ type: "reused", node: this.#node.id, ...(origin && { origin }) });
    return { artifact };
  }

  /** Mends the object where this run's own copy is good. */
  async #share(manifest: Manifest): Promise<void> {
    const copy = runPaths(this.#making.dir).artifact(this.#node.id);
    const object = await this.#objects.compare(this.#key, copy, manifest);
    if (object.state === "same" && object.damage === undefined) return;
    using claim = await this.#objects.claim(this.#key);
    if (!claim) return; // another run is at it
    const origin = this.#making.origins.get(this.#node.id);
    if (object.state === "same") {
      await claim.restoreOrigin(origin);
      this.#tell(`${object.damage}: ${origin ? "written again" : "who made the artifact is lost"}`);
      return;
    }
    await claim.restore(copy, manifest, origin);
    if (object.state === "damaged") this.#tell(`${object.damage}: taken from ${copy}`);
  }

  async #makeHere(claim: Claim, own: Own, objectDamage: string | undefined): Promise<Artifact> {
    const left = await claim.attempted();
    if (left.state === "sealed") {
      if (objectDamage !== undefined) this.#tell(`${objectDamage}: taken from ${claim.dir}`);
      await claim.moveIn(left.manifest);
      const { artifact, damage } = await this.#link(claim, left.manifest);
      if (artifact) return artifact;
      throw new Error(`${this.#objects.path(this.#key)} was put in place, and is not: ${damage}`);
    }
    const damage = [
      own.state === "damaged" && own.damage,
      objectDamage,
      left.state === "damaged" && left.damage,
    ].filter((found) => typeof found === "string");
    if (damage.length > 0) this.#tell(`${damage.join("; ")}: made again`);
    await claim.prepare(left);
    const why = own.state === "other" && left.state !== "begun"
      ? { why: difference(own.manifest, this.#node, this.#hashes) }
      : {};
    const { id, stage, kind, config } = this.#node;
    this.#emit({
      type: "started",
      node: id,
      key: this.#key,
      resumed: left.state === "begun",
      ...why,
    });
    const began = performance.now();
    const files = await this.#run(claim.dir);
    const manifest = await claim.commit(
      {
        stage: stage.name,
        version: stage.version,
        kind,
        config: JSON.parse(canonicalJson(config)),
        inputs: { ...this.#hashes },
      },
      files,
      this.#making.origin,
    );
    const artifact = await linkOwn(
      this.#making.dir,
      this.#keyed(),
      this.#objects.path(this.#key),
      manifest,
    );
    this.#emit({ type: "finished", node: id, seconds: (performance.now() - began) / 1000 });
    return artifact;
  }

  /** Runs the stage in `dir`; returns the names of the files that it made. */
  async #run(dir: string): Promise<readonly string[]> {
    const { signal } = this.#making;
    const services = await this.#making.services(); // no stage can run without them
    try {
      const files = await this.#node.run({
        inputs: this.#inputs,
        key: this.#key,
        dir,
        services,
        signal,
        progress: (progress) =>
          this.#emit({ type: "progress", node: this.#node.id, ...finite(progress) }),
        damaged: (message) => this.#tell(message),
      });
      signal.throwIfAborted();
      return files;
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw this.#failed(error);
    }
  }

  /** Whether the stage allows what is there already. */
  async #accept(artifact: Artifact): Promise<void> {
    try {
      await this.#node.accept?.(artifact);
    } catch (error) {
      throw this.#failed(error);
    }
  }

  /** Tells of it, unless it is of the system: that ends the whole run. */
  #failed(error: unknown): unknown {
    const explained = this.#explained(error);
    if (explained instanceof SystemError) return explained;
    this.#emit({ type: "failed", node: this.#node.id, message: messageOf(explained) });
    return new StageFailure(this.#node.id, { cause: explained });
  }

  #explained(error: unknown): unknown {
    return explainSystemError(error, `run "${this.#node.title}"`);
  }

  #keyed() {
    return { node: this.#node, key: this.#key };
  }

  #emit(event: RunEventBody): void {
    this.#making.onEvent(event);
  }

  #tell(message: string): void {
    this.#emit({ type: "damaged", node: this.#node.id, message });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Without metrics that no event can hold: NaN and infinite ones. */
function finite({ metrics, ...progress }: Progress): Progress {
  if (metrics === undefined) return progress;
  const kept = Object.entries(metrics).filter(([, value]) => Number.isFinite(value));
  return { ...progress, metrics: Object.fromEntries(kept) };
}
