/** Gets a pre-trained network, wherever it is, as a file of ours. */
import { basename, dirname, join } from "node:path";
import type { Engine, Imported, JobOptions } from "../engine/engine.ts";
import { UserError } from "../pipeline/errors.ts";
import { isThere } from "../pipeline/files.ts";
import { findKept, keep } from "./cache.ts";
import { findNetwork } from "./find.ts";
import { type PretrainedNetwork, readPretrained } from "./network_metadata.ts";
import { type Reading, readingFor } from "./reading.ts";
import { extrasOfNetwork, type NetworkExtra, type NetworkSpec, parseNetworkSpec } from "./spec.ts";

export interface ObtainOptions extends JobOptions {
  /** Where networks are kept once they are files of ours. */
  readonly cache: string;
  /** Paths in the text are taken from here. */
  readonly folder: string;
  /** How images are read, said by the user: `imagenet`, or a JSON file; null: what the weights' own metadata say. */
  readonly preprocessing?: string | null;
  /** Gets packages beside the base, before the engine is asked for. */
  readonly install: (extras: readonly NetworkExtra[]) => Promise<void>;
}

type Pretrained = Pick<Engine, "pretrained">;

/** The network that `text` names. `engine` is asked for only where a network has to be converted. Progress is in
 * bytes that come from the network. Rejects with a UserError where there is no such network, or no way to it. */
export async function obtainNetwork(
  engine: () => Promise<Pretrained>,
  text: string,
  { cache, folder, preprocessing = null, install, ...job }: ObtainOptions,
): Promise<PretrainedNetwork> {
  const spec = await findNetwork(text, folder);
  const ours = spec.kind === "file" && spec.path.endsWith(".safetensors")
    ? await readPretrained(spec.path)
    : undefined;
  if (ours) {
    await install(extrasOfNetwork(librarySpec(ours)));
    return ours;
  }
  await install(extrasOfNetwork(spec));
  const reading = await readingFor(preprocessing, folder);
  const name = nameOf(spec, text);
  if (!isLocal(spec) && reading === null) {
    const kept = await findKept(cache, name);
    if (kept) return kept;
  }
  const { pretrained } = await engine();
  const { network } = await keep(
    cache,
    name,
    (path) => convert(pretrained, spec, path, reading, job),
  );
  return network;
}

async function convert(
  pretrained: Engine["pretrained"],
  spec: NetworkSpec,
  out: string,
  reading: Reading | null,
  job: JobOptions,
): Promise<Imported> {
  switch (spec.kind) {
    case "efficientnet":
      return await pretrained.fromEfficientNet(out);
    case "torchvision":
      return await pretrained.fromTorchvision(spec.arch, spec.weights, out, reading, job);
    case "timm":
      return await pretrained.fromTimm(spec.arch, spec.file, out, reading, job);
    case "hf":
      return await pretrained.fromTransformers(spec.place, spec.pool, out, reading, job);
    case "file":
      return await pretrained.fromFolder(await folderOf(spec.path), out, reading);
  }
}

/** The folder of a file that timm saved, with its `config.json`. */
async function folderOf(path: string): Promise<string> {
  const folder = path.endsWith(".safetensors") ? dirname(path) : path;
  if (await isThere(join(folder, "config.json"))) return folder;
  throw new UserError(
    `Cannot take the network ${path}: it needs metadata of clusterfit, or a config.json of timm's beside it, ` +
      `found neither. Import its weights: deno task clusterfit import-checkpoint ${path} --arch ` +
      "<architecture> --out teacher.safetensors",
  );
}

/** Whether other weights may lie in the same place tomorrow. */
function isLocal(spec: NetworkSpec): boolean {
  return spec.kind === "file" || (spec.kind === "timm" && spec.file !== null) ||
    (spec.kind === "hf" && spec.place.startsWith("/"));
}

/** What it is kept as: no path of this machine is in it. */
function nameOf(spec: NetworkSpec, text: string): string {
  if (spec.kind === "file") return basename(spec.path, ".safetensors");
  if (spec.kind === "hf" && isLocal(spec)) return `hf-${basename(spec.place)}`;
  return spec.kind === "timm" ? spec.arch : text;
}

/** The library that a file of ours needs. */
function librarySpec({ backbone: { arch } }: PretrainedNetwork): NetworkSpec {
  return /^(torchvision|timm|hf):/.test(arch)
    ? parseNetworkSpec(arch, "/")
    : { kind: "torchvision", arch, weights: null };
}
