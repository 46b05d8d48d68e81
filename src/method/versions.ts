/** Which packages decide the bytes of a stage: their versions are part of its config, hence of its key.
 *
 * Recorded for each attempt, but in no key:
 * - Python and numpy: they carry values and compute none of them.
 * - Deno: what it computes for a stage is integer arithmetic, sorting by code units, and the cosine of the
 *   learning rate, which V8 takes from fdlibm on every machine.
 * - The kind of CPU: PyTorch and FAISS sum in another order on another one, so bytes are the same on one
 *   kind only; a run that goes on elsewhere should not begin again for that.
 * Our own code is in the key by the `version` of each stage. */

/** Package -> version, as `engine.devices.describe()` gives it. */
export type Versions = Readonly<Record<string, string>>;

const deciding = {
  data: ["safetensors"],
  pictures: ["pillow", "safetensors"],
  training: ["torch", "torchvision", "safetensors"],
  extraction: ["torch", "torchvision", "safetensors"],
  clustering: ["torch", "faiss", "safetensors"],
  probing: ["torch", "torchvision"],
  describing: ["torch"],
} as const;

/**
 * A kind of stage.
 *
 * @internal
 */
export type VersionedKind = keyof typeof deciding;

/** The versions that decide what a stage of this kind makes. Throws where one of them is not known. */
export function versionsFor(kind: VersionedKind, versions: Versions): Versions {
  return Object.fromEntries(deciding[kind].map((name) => {
    const version = versions[name];
    if (version === undefined) throw new Error(`the version of ${name} is needed for a key`);
    return [name, version];
  }));
}
