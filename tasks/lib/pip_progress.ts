/** What pip's output says about how far it is. */
import type { Progress } from "./progress.ts";

/** Fetching and installing count as half of the work each. */
const fetching = 0.5;

/** Follows one `pip install --progress-bar raw` of `total` packages, line by line. */
export class PipProgress {
  #fetched = 0;
  #name = "";
  #installing: readonly string[] = [];

  constructor(readonly total: number) {}

  /** What a line changes about the progress, or `undefined` where it says nothing about it. */
  read(line: string): Progress | undefined {
    const started = /^(?:Collecting|Processing|Requirement already satisfied:) (\S+)/.exec(line);
    if (started?.[1] !== undefined) {
      this.#fetched++;
      this.#name = packageName(started[1]);
      return this.#fetch(0, "");
    }
    const bytes = /^Progress (\d+) of (\d+)$/.exec(line);
    if (bytes !== null) {
      const [done, all] = [Number(bytes[1]), Number(bytes[2])];
      return this.#fetch(done / Math.max(all, 1), `, ${megabytes(done)} of ${megabytes(all)} MB`);
    }
    const names = /^Installing collected packages: (.+)$/.exec(line)?.[1];
    if (names === undefined) return undefined;
    this.#installing = names.split(", ");
    return this.installed(new Set());
  }

  /** Progress of the second half, which pip is silent about; `present`: normalised names in place. */
  installed(present: ReadonlySet<string>): Progress | undefined {
    const total = this.#installing.length;
    if (total === 0) return undefined;
    const done = this.#installing.filter((name) => present.has(normalise(name))).length;
    const current = this.#installing.find((name) => !present.has(normalise(name)));
    return {
      text: `installing ${Math.min(done + 1, total)} of ${total}${current ? `: ${current}` : ""}`,
      fraction: fetching + (1 - fetching) * done / total,
    };
  }

  #fetch(part: number, detail: string): Progress {
    const index = Math.min(this.#fetched, this.total);
    return {
      text: `fetching ${index} of ${this.total}: ${this.#name}${detail}`,
      fraction: fetching * (index - 1 + part) / this.total,
    };
  }
}

/** PyPI's normal form, as the folders in site-packages spell it: `Typing-Extensions` -> `typing_extensions`. */
export function normalise(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "_");
}

/** `numpy==2.4.6` or `/wheels/numpy-2.4.6-cp311.whl` -> `numpy`. */
function packageName(requirement: string): string {
  const file = requirement.split("/").at(-1) ?? requirement;
  return /^[A-Za-z0-9_.]+(?:-[A-Za-z][A-Za-z0-9_.]*)*/.exec(file)?.[0] ?? file;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
