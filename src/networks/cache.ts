/** Pre-trained networks that were made files of ours: `<what was asked for>-<16 digits of its SHA-256>.safetensors`. */
import { join } from "node:path";
import { unlessMissing } from "../pipeline/files.ts";
import { type PretrainedNetwork, readPretrained } from "./network_metadata.ts";

/** The usual folder of them, in the one that the command is given in. */
export const networkCache = ".cache/networks";

/** The intact network that was kept under this name. */
export async function findKept(
  folder: string,
  name: string,
): Promise<PretrainedNetwork | undefined> {
  const pattern = new RegExp(`^${RegExp.escape(slug(name))}-([0-9a-f]{16})\\.safetensors$`);
  for (const { name: file } of await entries(folder)) {
    const [, digits] = file.match(pattern) ?? [];
    if (digits === undefined) continue;
    const found = await readPretrained(join(folder, file)).catch(() => undefined);
    if (found?.sha256.startsWith(digits)) return found;
  }
  return undefined;
}

/** Calls `write` with a path, and keeps the network that is there then, in one step. */
export async function keep<Told>(
  folder: string,
  name: string,
  write: (path: string) => Promise<Told>,
): Promise<{ readonly network: PretrainedNetwork; readonly told: Told }> {
  await Deno.mkdir(folder, { recursive: true });
  const made = await Deno.makeTempDir({ dir: folder, prefix: ".making-" });
  try {
    const path = join(made, "network.safetensors");
    const told = await write(path);
    const network = await readPretrained(path);
    if (!network) throw new Error(`${path} has no metadata of a network`);
    const kept = join(folder, `${slug(name)}-${network.sha256.slice(0, 16)}.safetensors`);
    await Deno.rename(path, kept);
    return { network: { ...network, path: kept }, told };
  } finally {
    await Deno.remove(made, { recursive: true });
  }
}

async function entries(folder: string): Promise<Deno.DirEntry[]> {
  const found = await unlessMissing(Array.fromAsync(Deno.readDir(folder)));
  return (found ?? []).sort((a, b) => a.name < b.name ? -1 : 1);
}

/** As the hub's own cache does, "--" stands for "/": no name of a repository has it. */
function slug(name: string): string {
  return name.replaceAll("/", "--").replaceAll(/[^\w.-]+/g, "-");
}
