/** A network as files: weights with what builds the network around them, and graphs that need nothing else. */
import { join } from "node:path";
import type { Engine } from "../engine/engine.ts";
import { writeFileAtomic } from "../pipeline/files.ts";
import type { Exportable } from "./exportable.ts";
import type { Format } from "./formats.ts";
import { type Library, libraryOf } from "./library.ts";
import { writeModelConfig } from "./model_config.ts";

export interface NetworkOptions {
  readonly formats: readonly Format[];
  readonly threads: number;
  /** Called before each of them. */
  readonly begin: (format: Format) => void;
}

/** Writes the network into `dir` in these formats; gives what loads its weights, where they are among them. Rejects
 * with an EngineError where a file does not answer as the network does. */
export async function writeNetwork(
  engine: Pick<Engine, "export">,
  dir: string,
  exported: Exportable,
  { formats, threads, begin }: NetworkOptions,
): Promise<Library | null> {
  const { network, reading: { size } } = exported;
  let library: Library | null = null;
  for (const format of formats) {
    begin(format);
    switch (format) {
      case "safetensors":
        library = await writeWeights(engine, dir, exported, threads);
        break;
      case "onnx":
        await engine.export.onnx(network, join(dir, "model.onnx"), { size, threads });
        break;
      case "torch-export":
        await engine.export.program(network, join(dir, "model.pt2"), { size, threads });
        break;
    }
  }
  return library;
}

/** As timm and the Hub look for it. */
const weightsFile = "model.safetensors";

/** Also `config.json` and, where no library builds the network by a name, `load.py`. */
async function writeWeights(
  engine: Pick<Engine, "export">,
  dir: string,
  exported: Exportable,
  threads: number,
): Promise<Library> {
  const { network, card: { arch, width }, reading: { size } } = exported;
  const path = join(dir, weightsFile);
  const written = await engine.export.weights(network, path, { arch, size, threads });
  const library = libraryOf(arch, written);
  await writeModelConfig(dir, exported, library);
  if (library.loaders.includes("script")) {
    const script = engine.export.script({ arch, width, weights: weightsFile });
    await writeFileAtomic(join(dir, "load.py"), script);
  }
  return library;
}
