/** The folder of a stage under way: what an attempt that died or was stopped left there. */
import { join } from "node:path";
import { z } from "zod";
import { checkArtifact, DamagedArtifact, type Manifest, readManifest } from "./artifact.ts";
import { readTextIfThere, removeIfThere, removeTemporaries, writeFileAtomic } from "./files.ts";
import { reasonOf } from "./reason.ts";
import { seal, unseal } from "./sealed.ts";

/** `partial.json`: what the files beside it are parts of. */
const partialSchema = z.object({ key: z.string() });
const partialFile = "partial.json";

export type Attempted =
  /** All of it is there and intact: only its move to its place is missing. */
  | { readonly state: "sealed"; readonly manifest: Manifest }
  /** It can be gone on with. */
  | { readonly state: "begun" }
  | { readonly state: "damaged"; readonly damage: string }
  | { readonly state: "missing" };

/** Looks without changing anything. */
export async function attemptIn(dir: string, key: string): Promise<Attempted> {
  const path = join(dir, partialFile);
  try {
    if (await readManifest(dir)) {
      const manifest = await checkArtifact(dir);
      if (manifest.key === key) return { state: "sealed", manifest };
      throw new DamagedArtifact(`${dir} is damaged: it holds the artifact ${manifest.key}`);
    }
    const text = await readTextIfThere(path);
    if (text === undefined) return { state: "missing" };
    const { key: found } = partialSchema.parse(unseal(JSON.parse(text)));
    if (found !== key) throw new Error(`it belongs to the artifact ${found}`);
    return { state: "begun" };
  } catch (error) {
    const damage = error instanceof DamagedArtifact
      ? error.message
      : `${path} is damaged: ${reasonOf(error)}`;
    return { state: "damaged", damage };
  }
}

/** Makes the folder ready to work in: what is there is kept where it can be gone on with, else removed. */
export async function preparePartial(dir: string, key: string, found: Attempted): Promise<void> {
  if (found.state === "begun") return await removeTemporaries(dir);
  await removeIfThere(dir);
  await Deno.mkdir(dir, { recursive: true });
  await writeFileAtomic(join(dir, partialFile), `${JSON.stringify(seal({ key }))}\n`);
}
