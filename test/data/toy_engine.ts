/** Services that keep the tensors they are given, and artifacts made of a folder. */
import { join, relative } from "node:path";
import type { DataServices, HostArray } from "../../src/data/services.ts";
import type { Artifact } from "../../src/pipeline/stage.ts";

/** `tensor(file, name)` finds what was saved, by the path below `dir`. */
export function toyEngine(dir: string): {
  readonly services: DataServices;
  tensor(file: string, name: string): HostArray;
} {
  const saved = new Map<string, Readonly<Record<string, HostArray>>>();
  return {
    services: {
      engine: {
        containers: { digits: () => Promise.resolve(toyDigits()) },
        data: {
          index: () => Promise.reject(new Error("there are no pictures here")),
          indexVideos: () => Promise.reject(new Error("there are no videos here")),
        },
        tensors: {
          save: (path, tensors) => {
            saved.set(relative(dir, path), tensors as Readonly<Record<string, HostArray>>);
            return Promise.resolve();
          },
          load: () => Promise.reject(new Error("nothing is loaded here")),
          toArray: () => nothing(),
          take: () => nothing(),
        },
      },
    },
    tensor(file, name) {
      const found = saved.get(file)?.[name];
      if (!found) throw new Error(`${file} has no ${name}; saved are ${[...saved.keys()]}`);
      return found;
    },
  };
}

function nothing(): never {
  throw new Error("nothing is loaded here");
}

/** Ten of each digit, one after the other; the pixels of an image are its row. */
export function toyDigits() {
  const labels = Array.from({ length: 100 }, (_, row) => row % 10);
  return { labels, pixels: Uint8Array.from({ length: 100 * 32 * 32 * 3 }, (_, at) => at / 3072) };
}

export function artifactIn<Kind extends string>(dir: string, kind: Kind): Artifact<Kind> {
  return { kind, hash: dir, file: (name) => join(dir, name) };
}
