/** Opens the rows of a dataset for reading: the one place that knows which source of the engine reads which
 * artifact. */
import { imagesFile, readDatasetFacts } from "../data/dataset.ts";
import {
  keysFile,
  pixelsFile,
  placesFile,
  shapesFile,
  videosFile,
} from "../data/pictures/stored.ts";
import type { Engine, Source, TensorFile } from "../engine/engine.ts";
import type { Artifact } from "../pipeline/stage.ts";

/** A source, and the file that it reads from. */
export interface OpenSource extends Disposable {
  readonly source: Source;
}

export async function openSource(
  { tensors, data }: Pick<Engine, "tensors" | "data">,
  dataset: Artifact<"dataset">,
): Promise<OpenSource> {
  const { pictures, frames, videos } = await readDatasetFacts(dataset);
  if (frames !== undefined) {
    return await opened(imagesFile, (file) => data.clips(file.get("images")));
  }
  if (videos) {
    return await opened(videosFile, (file) => data.videos(dataset.file(keysFile), file));
  }
  if (!pictures) return await opened(imagesFile, (file) => data.packed(file.get("images")));
  const { packed, ...decoding } = pictures;
  if (packed) {
    return await opened(shapesFile, (file) => data.pixels(dataset.file(pixelsFile), file));
  }
  return await opened(placesFile, (file) => data.files(file, decoding));

  async function opened(name: string, open: (file: TensorFile) => Source): Promise<OpenSource> {
    using parts = new DisposableStack();
    const file = parts.use(await tensors.load(dataset.file(name)));
    const source = parts.use(open(file));
    const kept = parts.move();
    return { source, [Symbol.dispose]: () => kept.dispose() };
  }
}
