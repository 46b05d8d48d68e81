/** Damage to one file of a folder of runs, drawn by a seed. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { hash32 } from "../../src/data/draw.ts";
import { objectsFolder } from "../../src/pipeline/store.ts";

export const damages = ["flip", "cut", "empty", "replace"] as const;
export type Damage = (typeof damages)[number];

export interface Fault {
  readonly damage: Damage;
  /** Path in the folder of all runs. */
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** A whole number below `limit`. */
export type Draw = (limit: number, purpose: string) => number;

export const drawFrom = (seed: number): Draw => (limit, purpose) => hash32(seed, purpose) % limit;

/** What carries no information of its own: the text of locks, and names that a killed write left. */
const withoutMeaning = (file: string) => /(^|\/)lock$|\.(lock|tmp)$/.test(file);

/** Every file in `dir` that a fault may fall on, by kind: equal names are one kind, of each checkpoint, in the
 * run's folder and with the objects. */
export function kindsIn(dir: string): ReadonlyMap<string, readonly string[]> {
  const files = walk(dir).map((path) => relative(dir, path)).filter((file) =>
    !withoutMeaning(file)
  );
  return Map.groupBy(files.sort(), (file) => {
    const place = file.startsWith(`${objectsFolder}/`) ? `${objectsFolder}/` : "";
    return place + basename(file).replace(/\d+/, "");
  });
}

/** Draws a fault on a file of the kind `kind` in `dir`. `others` are folders to replace files from. */
export function drawFault(
  dir: string,
  { kind, damage, others }: {
    readonly kind: string;
    readonly damage: Damage;
    readonly others: readonly string[];
  },
  draw: Draw,
): Fault {
  const files = kindsIn(dir).get(kind) ?? [];
  const file = files[draw(files.length, "file")];
  if (file === undefined) throw new Error(`${dir} has no file of the kind ${kind}`);
  const old = readFileSync(join(dir, file));
  return { damage, file, bytes: damaged(new Uint8Array(old), damage) };

  function damaged(old: Uint8Array, damage: Damage): Uint8Array {
    switch (damage) {
      case "flip": {
        const at = draw(old.length, "byte");
        return old.with(at, old[at]! ^ (1 << draw(8, "bit")));
      }
      case "cut":
        return old.slice(0, cutAt(old));
      case "empty":
        return new Uint8Array();
      case "replace":
        return replacement(old) ?? Uint8Array.from(old, (_, at) => draw(256, `byte ${at}`));
    }
  }

  /** A log that is cut behind a line is a shorter log, as a crash leaves it: it is cut inside one. What lacks
   * its last newline alone is whole. */
  function cutAt(old: Uint8Array): number {
    const at = 1 + draw(old.length - 2, "length");
    return old[at - 1] === 0x0a ? at - 1 : at;
  }

  /** Another file of the same kind with other bytes, from this folder or another. The one in the same place of
   * another folder is this file at another moment of the run, with nothing wrong in it. */
  function replacement(old: Uint8Array): Uint8Array | undefined {
    const candidates = [dir, ...others].flatMap((folder) =>
      (kindsIn(folder).get(kind) ?? []).filter((name) => name !== file)
        .map((name) => join(folder, name))
    ).map((path) => new Uint8Array(readFileSync(path))).filter((bytes) => !equal(bytes, old));
    return candidates[draw(Math.max(1, candidates.length), "replacement")];
  }
}

/** Puts the damaged bytes in the place of the file; hard links of it elsewhere stay as they are. */
export function applyFault(dir: string, { file, bytes }: Fault): void {
  rmSync(join(dir, file));
  writeFileSync(join(dir, file), bytes);
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

function walk(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? walk(join(dir, entry.name)) : [join(dir, entry.name)]
  );
}
