/** The objects of all runs below one folder: every artifact once, in a folder named by its key. An object
 * takes its place whole and is never changed there, so that it is read without a lock. */
import { join } from "node:path";
import {
  artifactFiles,
  checkArtifact,
  checkFile,
  DamagedArtifact,
  type Manifest,
  manifestFile,
  readManifest,
} from "./artifact.ts";
import { Claim } from "./claim.ts";
import { linkOwn } from "./copies.ts";
import type { Origin } from "./events.ts";
import { isThere } from "./files.ts";
import type { Node } from "./graph.ts";
import { hashJson } from "./json.ts";
import { isHeld, tryLock } from "./lock.ts";
import { foreign } from "./match.ts";
import { readOrigin } from "./origin_file.ts";
import { attemptIn } from "./partial.ts";
import type { Artifact } from "./stage.ts";
import { objectPaths } from "./store.ts";

/** A node whose inputs are known, and with them its key. */
export interface Keyed<Services> {
  readonly node: Node<string, Services>;
  readonly key: string;
}

/** What became of linking an object: an artifact of the run, or why there is none. */
export type Linked =
  | {
    readonly state: "linked";
    readonly artifact: Artifact;
    readonly origin?: Origin;
    /** What is wrong with the object's origin.json. */
    readonly damage?: string;
  }
  | { readonly state: "damaged"; readonly damage: string }
  | { readonly state: "missing" };

export class Objects {
  readonly #paths: ReturnType<typeof objectPaths>;

  /** `out`: the folder of all runs. */
  constructor(out: string) {
    this.#paths = objectPaths(out);
  }

  /** Where the object with this key is, or would be. */
  path(key: string): string {
    return this.#paths.object(key);
  }

  /** Takes the lock of a key without waiting; `undefined` where another run holds it. */
  async claim(key: string): Promise<Claim | undefined> {
    await Deno.mkdir(this.#paths.dir, { recursive: true });
    const lock = await tryLock(this.#paths.lock(key));
    return lock && new Claim(this.#paths, key, lock);
  }

  /** Looks without changing anything: whether the object is there and intact, is being made by another run,
   * or was begun. */
  async look<Services>({ node, key }: Keyed<Services>): Promise<
    | { readonly state: "intact"; readonly manifest: Manifest }
    | { readonly state: "busy" }
    | { readonly state: "begun" | "missing"; readonly damage?: string }
  > {
    const object = await this.#check(node, key);
    if (object.manifest) return { state: "intact", manifest: object.manifest };
    if (isHeld(this.#paths.lock(key))) return { state: "busy" };
    const left = await attemptIn(this.#paths.partial(key), key);
    if (left.state === "sealed") return { state: "intact", manifest: left.manifest };
    const damage = object.damage ?? (left.state === "damaged" ? left.damage : undefined);
    return {
      state: left.state === "begun" ? "begun" : "missing",
      ...(damage !== undefined && { damage }),
    };
  }

  /** Links the object into the folder of a run. Without the lock of its key, an object that is found damaged
   * may be one that another run is mending. `manifest`: of an object whose files were checked just now. */
  async link<Services>(run: string, at: Keyed<Services>, manifest?: Manifest): Promise<Linked> {
    const dir = this.path(at.key);
    try {
      const { origin, damage } = await readOrigin(dir);
      const artifact = await linkOwn(run, at, dir, manifest);
      return {
        state: "linked",
        artifact,
        ...(origin && { origin }),
        ...(damage !== undefined && { damage }),
      };
    } catch (error) {
      if (error instanceof DamagedArtifact) {
        return await isThere(dir)
          ? { state: "damaged", damage: error.message }
          : { state: "missing" };
      }
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      return await isThere(dir)
        ? { state: "damaged", damage: `${dir} lacks a file: ${error.message}` }
        : { state: "missing" };
    }
  }

  /** Compares the object with a run's intact copy in `copy`. Links of one file are one file, and are not
   * hashed again. */
  async compare(key: string, copy: string, manifest: Manifest): Promise<
    | { readonly state: "same"; readonly origin?: Origin; readonly damage?: string }
    | { readonly state: "damaged"; readonly damage: string }
    | { readonly state: "missing" }
  > {
    const dir = this.path(key);
    if (!await isThere(dir)) return { state: "missing" };
    try {
      for (const name of artifactFiles(manifest)) {
        if (await isOneFile(join(dir, name), join(copy, name))) continue;
        if (name !== manifestFile) await checkFile(dir, name, manifest);
        else if (!sameManifest(await readManifest(dir), manifest)) {
          throw new DamagedArtifact(`${join(dir, name)} is missing or other than in ${copy}`);
        }
      }
    } catch (error) {
      if (!(error instanceof DamagedArtifact)) throw error;
      return { state: "damaged", damage: error.message };
    }
    return { state: "same", ...await readOrigin(dir) };
  }

  async #check<Services>(
    node: Node<string, Services>,
    key: string,
  ): Promise<{ readonly manifest?: Manifest; readonly damage?: string }> {
    const dir = this.path(key);
    if (!await isThere(dir)) return {};
    try {
      const manifest = await checkArtifact(dir);
      const damage = foreign(dir, manifest, node);
      return damage === undefined ? { manifest } : { damage };
    } catch (error) {
      if (!(error instanceof DamagedArtifact)) throw error;
      return { damage: error.message };
    }
  }
}

/** The key alone does not tell: it says nothing of the files. */
function sameManifest(found: Manifest | undefined, expected: Manifest): boolean {
  return found !== undefined && hashJson(found) === hashJson(expected);
}

async function isOneFile(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all(
    [a, b].map((path) => Deno.stat(path).catch(() => undefined)),
  );
  return one !== undefined && one.dev === other?.dev && one.ino === other.ino;
}
