/** `clusterfit.json` in a virtual environment: what set-up has finished there. Written last. */
import { join } from "node:path";
import { readTextIfThere, writeFileAtomic } from "../../src/pipeline/files.ts";
import type { Requirements } from "./requirements.ts";

export interface Stamp {
  /** False from before the environment is made until it is: a killed set-up is seen by it. */
  readonly created: boolean;
  /** Requirements file -> SHA-256 of its content when it was installed. */
  readonly installed: Readonly<Record<string, string>>;
}

const name = "clusterfit.json";

/** The stamp, or `undefined` where set-up never was. */
export async function readStamp(venv: string): Promise<Stamp | undefined> {
  const text = await readTextIfThere(join(venv, name));
  return text === undefined ? undefined : JSON.parse(text) as Stamp;
}

export function writeStamp(venv: string, stamp: Stamp): Promise<void> {
  return writeFileAtomic(join(venv, name), JSON.stringify(stamp, null, 2) + "\n");
}

/** The stamp without `requirements` and what they replace, while they are installed. */
export function withoutInstalled(
  stamp: Stamp | undefined,
  { file, replaces }: Requirements,
): Stamp {
  const kept = Object.entries(stamp?.installed ?? {}).filter(([name]) =>
    name !== file && name !== replaces?.file
  );
  return { created: true, installed: Object.fromEntries(kept) };
}

/** The stamp once `requirements` are installed. */
export function withInstalled(stamp: Stamp, { file, sha256 }: Requirements): Stamp {
  return { ...stamp, installed: { ...stamp.installed, [file]: sha256 } };
}
