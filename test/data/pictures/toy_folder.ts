/** A folder of small files made for a test, and collections opened without Python. */
import { dirname, join } from "node:path";
import type { Collection } from "../../../src/data/pictures/collection.ts";
import { openCollection, type OpenOptions } from "../../../src/data/pictures/open.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

/** Files by their paths; what they hold is their own path unless it is given. */
export async function toyFolder(
  files: readonly string[] | Readonly<Record<string, string | Uint8Array>>,
): Promise<AsyncDisposable & { readonly path: string }> {
  const folder = await temporaryFolder();
  const entries = Array.isArray(files) ? files.map((file) => [file, file]) : Object.entries(files);
  for (const [name, content] of entries) {
    await Deno.mkdir(dirname(join(folder.path, name)), { recursive: true });
    const write = typeof content === "string" ? Deno.writeTextFile : Deno.writeFile;
    await write(join(folder.path, name), content);
    // The same at every run: the time is part of a fingerprint.
    await Deno.utime(join(folder.path, name), 1e9, 1e9);
  }
  return folder;
}

/** Opens what needs no Python. */
export function open(given: string, options: Partial<OpenOptions> = {}): Promise<Collection> {
  return openCollection(given, {
    signal: new AbortController().signal,
    engine: () => Promise.reject(new Error("no Python is needed here")),
    ...options,
  });
}

export const namesOf = ({ names }: Collection) => names;

/** Each picture: its name, and where its bytes are. */
export const picturesOf = ({ names, pieceOf }: Pick<Collection, "names" | "pieceOf">) =>
  names.map((name, row) => ({ name, ...pieceOf(row) }));

/** The class of each picture, or its classes; by its name. */
export function labelled({ names, labels }: Collection): Record<string, unknown> | null {
  if (!labels) return null;
  return Object.fromEntries(names.map((name, row) => [
    name,
    labels.kind === "single"
      ? labels.names[labels.labels[row]!]
      : labels.labels[row]!.map((label) => labels.names[label]),
  ]));
}
