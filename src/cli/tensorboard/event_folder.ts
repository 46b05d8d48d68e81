/** A folder of event files that holds what a run's curves are, and nothing else. */
import { join } from "node:path";
import type { EventFile, EventPoint } from "../../engine/mod.ts";
import { UserError } from "../../pipeline/errors.ts";
import { removeIfThere, unlessMissing } from "../../pipeline/files.ts";
import type { Curve } from "./curves.ts";

export class EventFolder implements Disposable {
  readonly #path: string;
  readonly #open: (folder: string) => EventFile;
  readonly #files = new Map<string, EventFile>();
  readonly #written = new Map<string, EventPoint[]>();

  private constructor(path: string, open: (folder: string) => EventFile) {
    this.#path = path;
    this.#open = open;
  }

  /** Removes the event files that are there. Throws a UserError where there is anything else. */
  static async make(path: string, open: (folder: string) => EventFile): Promise<EventFolder> {
    const other = await otherFile(path);
    if (other !== undefined) {
      throw new UserError(
        `Cannot write event files to ${path}: it needs a new folder, or one of event files alone, found ` +
          `${other}. Give another one with --out.`,
      );
    }
    await removeIfThere(path);
    await Deno.mkdir(path, { recursive: true });
    return new EventFolder(path, open);
  }

  /** Curves that are there. */
  get curves(): number {
    return this.#written.size;
  }

  /** Writes what is new. Where a curve is another one than before, all are written anew. Returns how many points were
   * written. */
  async write(curves: readonly Curve[]): Promise<number> {
    if (!curves.every((curve) => this.#goesOn(curve))) {
      this.#close();
      this.#written.clear();
      await removeIfThere(this.#path);
    }
    let points = 0;
    for (const curve of curves) points += this.#append(curve);
    return points;
  }

  [Symbol.dispose](): void {
    this.#close();
  }

  #goesOn(curve: Curve): boolean {
    const before = this.#written.get(keyOf(curve)) ?? [];
    return before.every(({ step, value }, at) => {
      const now = curve.points[at];
      return now?.step === step && now.value === value;
    });
  }

  #append(curve: Curve): number {
    const { run, tag, points } = curve;
    const before = this.#written.get(keyOf(curve)) ?? [];
    const more = points.slice(before.length);
    if (more.length === 0) return 0;
    const file = this.#files.get(run) ?? this.#open(join(this.#path, ...run.split("/")));
    this.#files.set(run, file);
    file.add(tag, more);
    this.#written.set(keyOf(curve), [...before, ...more]);
    return more.length;
  }

  #close(): void {
    for (const file of this.#files.values()) file[Symbol.dispose]();
    this.#files.clear();
  }
}

const keyOf = ({ run, tag }: Curve) => `${run}\n${tag}`;

/** The first that is no event file, at any depth; undefined where there is none. */
async function otherFile(path: string): Promise<string | undefined> {
  const stat = await unlessMissing(Deno.lstat(path));
  if (!stat) return undefined;
  if (!stat.isDirectory) return "no folder";
  for await (const entry of Deno.readDir(path)) {
    const inner = join(path, entry.name);
    if (entry.isDirectory) {
      const other = await otherFile(inner);
      if (other !== undefined) return other;
    } else if (!entry.isFile || !/^events\.out\.tfevents\./.test(entry.name)) {
      return entry.name;
    }
  }
  return undefined;
}
