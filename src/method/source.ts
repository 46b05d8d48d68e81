/** Opens the rows of a dataset for reading: the one place that knows which source of the engine reads which
 * artifact. Today every dataset is one tensor. */
import { imagesFile } from "../data/dataset.ts";
import type { Engine, Source } from "../engine/engine.ts";
import type { Artifact } from "../pipeline/stage.ts";

/** A source, and the file that it reads from. */
export interface OpenSource extends Disposable {
  readonly source: Source;
}

export async function openSource(
  { tensors, data }: Pick<Engine, "tensors" | "data">,
  dataset: Artifact<"dataset">,
): Promise<OpenSource> {
  const file = await tensors.load(dataset.file(imagesFile));
  const source = data.packed(file.get("images"));
  return {
    source,
    [Symbol.dispose]() {
      source[Symbol.dispose]();
      file[Symbol.dispose]();
    },
  };
}
