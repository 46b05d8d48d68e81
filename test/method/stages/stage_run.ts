/** A stage on its own, under the recording engine: inputs as other stages write them, and what it then asked,
 * told and wrote. */
import { join } from "node:path";
import { type Images, writeDataset } from "../../../src/data/dataset.ts";
import { type NamedLabels, writeLabels } from "../../../src/data/labels.ts";
import { writeParts } from "../../../src/data/parts.ts";
import type { Split } from "../../../src/data/split.ts";
import type { Services } from "../../../src/method/services.ts";
import { featuresFile } from "../../../src/method/stages/extract.ts";
import { networkFile, writeNetworkCard } from "../../../src/models/network.ts";
import type { View } from "../../../src/models/view.ts";
import type { JsonObject } from "../../../src/pipeline/json.ts";
import type {
  Artifact,
  Kinds,
  Progress,
  Stage,
  StageContext,
} from "../../../src/pipeline/stage.ts";
import { type FakeEngine, fakeEngine, type FakeOptions } from "../fake_engine.ts";

/** What a stage did. */
export interface Ran {
  /** The files that it says make up its artifact. */
  readonly files: readonly string[];
  readonly progress: readonly Progress[];
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  /** Called as it happens: also where the stage is stopped and gives no result. */
  readonly onProgress?: (progress: Progress) => void;
  readonly onDamaged?: (message: string) => void;
  /** Computes in place of the recording engine. */
  readonly engine?: Services["engine"];
}

/** A view that is nobody's default. */
export const someView: View = { size: 64, clips: 3, frames: 8 };
/** A placement that is nobody's default. */
export const somePlacement = {
  device: "some device",
  precision: "bfloat16",
  threads: 3,
  versions: {},
} as const;

/** The folder of a stage and of its inputs; both go with the test. */
export class StageRun implements AsyncDisposable {
  readonly engine: FakeEngine;
  readonly #dir: string;

  private constructor(dir: string, engine: FakeEngine) {
    this.#dir = dir;
    this.engine = engine;
  }

  static async open(options: FakeOptions = {}): Promise<StageRun> {
    const run = new StageRun(await Deno.makeTempDir(), fakeEngine(options));
    await Deno.mkdir(run.path(""));
    return run;
  }

  /** A row for each source. */
  dataset(
    name: string,
    sources: readonly string[],
    images: Images = { height: 1, width: 1, pixels: new Uint8Array(sources.length * 3) },
  ): Promise<Artifact<"dataset">> {
    return this.artifact(
      "dataset",
      name,
      (dir) => writeDataset(dir, this.#services, images, { title: name, sources }),
    );
  }

  labels(name: string, labels: Omit<Extract<NamedLabels, { kind: "single" }>, "title" | "kind">) {
    return this.artifact(
      "labels",
      name,
      (dir) => writeLabels(dir, this.#services, { title: name, kind: "single", ...labels }),
    );
  }

  /** Any number of labels a row. */
  tags(name: string, labels: Omit<Extract<NamedLabels, { kind: "multi" }>, "title" | "kind">) {
    return this.artifact(
      "labels",
      name,
      (dir) => writeLabels(dir, this.#services, { title: name, kind: "multi", ...labels }),
    );
  }

  /** Saved by `engine`: what the recording one saves, the real one cannot load. */
  features(
    name: string,
    data: Float32Array<ArrayBuffer>,
    shape: readonly [rows: number, columns: number],
    engine: Services["engine"] = this.engine,
  ): Promise<Artifact<"features">> {
    return this.artifact("features", name, async (dir) => {
      await engine.tensors.save(join(dir, featuresFile), { features: { data, shape } });
      return [featuresFile];
    });
  }

  parts(name: string, parts: readonly Split[]): Promise<Artifact<"parts">> {
    return this.artifact("parts", name, (dir) => writeParts(dir, this.#services, parts));
  }

  network(
    name: string,
    card: { arch: string; width: number; heads: Record<string, number> },
  ): Promise<Artifact<"network">> {
    return this.artifact("network", name, async (dir) => {
      await Deno.writeTextFile(join(dir, networkFile), JSON.stringify({ origin: name }));
      return await writeNetworkCard(this.engine, dir, card);
    });
  }

  /** Of any kind, with the files that `write` names. */
  async artifact<Kind extends string>(
    kind: Kind,
    name: string,
    write: (dir: string) => Promise<readonly string[]>,
  ): Promise<Artifact<Kind>> {
    const dir = join(this.#dir, name);
    await Deno.mkdir(dir);
    const files = await write(dir);
    return {
      kind,
      hash: name,
      file(file) {
        if (files.includes(file)) return join(dir, file);
        throw new Error(`${name} has no file ${file}`);
      },
    };
  }

  /** Runs the stage in its folder, again if it ran there before. */
  async run<Config extends JsonObject, Inputs extends Kinds, Partly extends boolean = false>(
    { run }: Pick<Stage<Config, Inputs, string, Services, Partly>, "run">,
    config: Config,
    inputs: Readonly<Record<string, Artifact>>,
    { signal = new AbortController().signal, onProgress, onDamaged, engine = this.engine }:
      RunOptions = {},
  ): Promise<Ran> {
    const progress: Progress[] = [];
    const context: StageContext<Config, unknown, Services> = {
      ...{ config, inputs, signal, key: "key", dir: this.path(""), services: { engine } },
      progress(one) {
        progress.push(one);
        onProgress?.(one);
      },
      damaged: (message) => onDamaged?.(message),
    };
    return { files: await run(context as Parameters<typeof run>[0]), progress };
  }

  /** Of a file of the stage. */
  path(name: string): string {
    return join(this.#dir, "stage", name);
  }

  async json(name: string): Promise<unknown> {
    return JSON.parse(await Deno.readTextFile(this.path(name)));
  }

  /** The values of a tensor that the stage wrote. */
  async values(file: string, name: string): Promise<number[]> {
    using tensors = await this.engine.tensors.load(this.path(file));
    return [...this.engine.tensors.toArray(tensors.get(name))];
  }

  /** The call that made a tensor that the stage wrote. */
  async origin(file: string, name: string): Promise<string> {
    return (await this.json(file) as Record<string, { origin: string }>)[name]?.origin ?? "";
  }

  get #services(): Services {
    return { engine: this.engine };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.#dir, { recursive: true });
  }
}
