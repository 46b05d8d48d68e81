/** The artifacts in a run's own folder: hard links of the objects, so that the folder stands alone. */
import {
  artifactFiles,
  artifactOf,
  checkArtifact,
  DamagedArtifact,
  type Manifest,
  readManifest,
} from "./artifact.ts";
import { isThere, linkFiles, moveFolder, removeIfThere } from "./files.ts";
import type { Node } from "./graph.ts";
import { foreign } from "./match.ts";
import type { Artifact } from "./stage.ts";
import { runPaths } from "./store.ts";

/** What a run's folder has for a node. */
export type Own =
  /** What is asked for. */
  | { readonly state: "same"; readonly artifact: Artifact; readonly manifest: Manifest }
  /** An artifact of this node with another key. */
  | { readonly state: "other"; readonly manifest: Manifest }
  | { readonly state: "damaged"; readonly damage: string }
  | { readonly state: "missing" };

/** Looks without changing anything. */
export async function lookAtOwn<Services>(
  run: string,
  node: Node<string, Services>,
  key: string,
): Promise<Own> {
  const dir = runPaths(run).artifact(node.id);
  try {
    if (!await isThere(dir)) return { state: "missing" };
    const manifest = await checkArtifact(dir);
    const damage = foreign(dir, manifest, node);
    if (damage !== undefined) return { state: "damaged", damage };
    if (manifest.key !== key) return { state: "other", manifest };
    return { state: "same", artifact: artifactOf(dir, manifest), manifest };
  } catch (error) {
    if (!(error instanceof DamagedArtifact)) throw error;
    return { state: "damaged", damage: error.message };
  }
}

/** Links the artifact in `from` into the run's folder. With a `manifest`, its files were sealed with it just
 * now and are hashed only where they had to be copied; without one they are checked. Throws a
 * DamagedArtifact about `from`, or NotFound where that goes away meanwhile. */
export async function linkOwn<Services>(
  run: string,
  { node, key }: { readonly node: Node<string, Services>; readonly key: string },
  from: string,
  manifest?: Manifest,
): Promise<Artifact> {
  const { artifact: place, linking } = runPaths(run);
  const [to, made] = [place(node.id), linking(node.id)];
  await removeIfThere(made);
  await Deno.mkdir(made, { recursive: true });
  try {
    const listed = manifest ?? await readManifest(from);
    if (!listed) throw new DamagedArtifact(`${from} has no manifest.json`);
    const copied = await linkFiles(from, made, artifactFiles(listed));
    // What was linked is what is checked: another process may put a new object in its place meanwhile.
    const sealed = manifest && !copied ? manifest : await checkArtifact(made);
    const damage = sealed.key === key
      ? foreign(from, sealed, node)
      : `${from} is damaged: it holds the artifact with the key ${sealed.key}`;
    if (damage !== undefined) throw new DamagedArtifact(damage);
    await moveFolder(made, to);
    return artifactOf(to, sealed);
  } catch (error) {
    if (!(error instanceof DamagedArtifact)) throw error;
    throw new DamagedArtifact(error.message.replaceAll(made, from), { cause: error });
  }
}
