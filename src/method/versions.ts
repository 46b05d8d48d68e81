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
  videos: ["av", "pillow", "safetensors"],
  training: ["torch", "torchvision", "safetensors"],
  extraction: ["torch", "torchvision", "safetensors"],
  clustering: ["torch", "faiss", "safetensors"],
  probing: ["torch", "torchvision"],
  "probing by SVM": ["torch", "torchvision", "scikit-learn"],
  describing: ["torch"],
} as const;

/**
 * A kind of stage.
 *
 * @internal
 */
export type VersionedKind = keyof typeof deciding;

/** The library that lays out a network, where it is not one of ours -> the package that holds it. */
const libraries: Readonly<Record<string, string>> = {
  torchvision: "torchvision",
  timm: "timm",
  hf: "transformers",
};

/** The version of the library that lays out a network of that architecture; none where it is one of ours. Throws
 * where it is not known. */
export function libraryVersion(arch: string, versions: Versions): Versions {
  const library = libraries[arch.split(":")[0]!];
  return library === undefined || !arch.includes(":") ? {} : pick([library], versions);
}

/** The versions that decide what a stage of this kind makes. Throws where one of them is not known. */
export function versionsFor(kind: VersionedKind, versions: Versions): Versions {
  return pick(deciding[kind], versions);
}

function pick(names: readonly string[], versions: Versions): Versions {
  return Object.fromEntries(names.map((name) => {
    const version = versions[name];
    if (version === undefined) throw new Error(`the version of ${name} is needed for a key`);
    return [name, version];
  }));
}
