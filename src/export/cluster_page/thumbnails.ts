/** Small pictures that a page holds in itself. */
import sharp from "sharp";
import type { Engine, Source } from "../../engine/engine.ts";
import { stillView } from "../../method/still_view.ts";

/** Pictures that are read at once. */
const batch = 256;
/** Side in pixels. */
const side = 96;

export interface Thumbnails {
  /** Whether they are small images as they are stored, whose pixels are to be seen. */
  readonly pixelated: boolean;
  /** Data URIs of WebP, in the order of `rows`. */
  read(rows: readonly number[]): Promise<string[]>;
}

/** Of the rows of a data set: pictures or videos of any size, or small images or clips of one size. */
export function thumbnailsOf(
  engine: Pick<Engine, "data" | "tensors">,
  source: Source,
  dataset: Parameters<typeof stillView>[0],
): Thumbnails {
  const view = stillView(dataset, side);
  const indexed = view.size !== null;
  return {
    pixelated: !indexed,
    async read(rows) {
      const images: string[] = [];
      for (let from = 0; from < rows.length; from += batch) {
        using tensor = await engine.data.read(source, rows.slice(from, from + batch), view);
        const [count = 0] = tensor.shape;
        const [height = 0, width = 0] = tensor.shape.slice(-3);
        const pixels = engine.tensors.toArray(tensor) as Uint8Array;
        const size = height * width * 3;
        images.push(
          ...await Promise.all(
            Array.from(
              { length: count },
              (_, at) =>
                encode(pixels.subarray(at * size, (at + 1) * size), { width, height, indexed }),
            ),
          ),
        );
      }
      return images;
    },
  };
}

async function encode(
  pixels: Uint8Array,
  { width, height, indexed }: { width: number; height: number; indexed: boolean },
): Promise<string> {
  const image = sharp(pixels, { raw: { width, height, channels: 3 } });
  const bytes = await image.webp(indexed ? { quality: 60 } : { lossless: true }).toBuffer();
  return `data:image/webp;base64,${new Uint8Array(bytes).toBase64()}`;
}
