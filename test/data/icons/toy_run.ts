/** Runs data stages in a folder of their own, with an engine that keeps the tensors it is given. */
import { join } from "node:path";
import { renderPretraining } from "../../../src/data/icons/pretraining_stage.ts";
import { renderTarget, type TargetConfig } from "../../../src/data/icons/target_stage.ts";
import type { HostArray } from "../../../src/data/services.ts";
import type { Progress } from "../../../src/pipeline/stage.ts";

export interface Ran {
  readonly files: readonly string[];
  readonly progress: readonly Progress[];
  /** File name -> the tensors saved to it. */
  readonly tensors: ReadonlyMap<string, Readonly<Record<string, HostArray>>>;
  /** The JSON file beside them, as written. */
  readonly json: string;
}

const dataSeed = 1;

export class ToyRun implements AsyncDisposable {
  private constructor(
    private readonly dir: string,
    readonly signal: AbortSignal,
    private readonly onProgress: () => void,
  ) {}

  static async in(signal = new AbortController().signal, onProgress = () => {}): Promise<ToyRun> {
    return new ToyRun(await Deno.makeTempDir(), signal, onProgress);
  }

  pretraining(images: number): Promise<Ran> {
    return this.#ran(
      "images.json",
      (context) =>
        renderPretraining.run({
          ...context,
          config: { images, dataSeed, versions: {} },
          inputs: {},
        }),
    );
  }

  target(target: TargetConfig["target"], size: number | null): Promise<Ran> {
    const pretraining = {
      kind: "images",
      hash: "",
      file: (name: string) => join(this.dir, name),
    } as const;
    return this.#ran("target.json", (context) =>
      renderTarget.run({
        ...context,
        config: { target, title: target, size, dataSeed, versions: {} },
        inputs: { pretraining },
      }));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Deno.remove(this.dir, { recursive: true });
  }

  async #ran(json: string, run: (context: Context) => Promise<readonly string[]>): Promise<Ran> {
    const tensors = new Map<string, Readonly<Record<string, HostArray>>>();
    const progress: Progress[] = [];
    const files = await run({
      key: "",
      dir: this.dir,
      damaged: () => {},
      signal: this.signal,
      progress: (now) => {
        progress.push(now);
        this.onProgress();
      },
      services: {
        engine: {
          tensors: {
            save: (path, named) => {
              tensors.set(path.slice(this.dir.length + 1), named);
              return Promise.resolve();
            },
          },
        },
      },
    });
    return { files, progress, tensors, json: await Deno.readTextFile(join(this.dir, json)) };
  }
}

type Context = Omit<Parameters<typeof renderPretraining.run>[0], "config" | "inputs">;
