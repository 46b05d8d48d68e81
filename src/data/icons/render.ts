/** SVG -> 32 x 32 RGB, many at a time, in order. */
import { createHash } from "node:crypto";
import sharp from "sharp";
import { UserError } from "../../pipeline/errors.ts";
import type { Images } from "../dataset.ts";
import { type Icon, iconId } from "./icon.ts";

/** Side of an image, pixels. */
export const side = 32;
/** Bytes of an image: side * side * RGB. */
export const imageBytes = side * side * 3;

export interface RenderedIcon<Of extends Icon = Icon> {
  readonly icon: Of;
  /** uint8 [side, side, 3] (HWC), the icon in black (or its own colours) on white. */
  readonly pixels: Uint8Array;
  /** SHA-256 of `pixels`, hex: equal for equal images. */
  readonly digest: string;
}

/** Icons handed to librsvg at once. Between two such batches timers and input have their turn. */
const batchSize = 8;

/** The pixels of `images`, one after the other. */
export function packImages(images: readonly Pick<RenderedIcon, "pixels">[]): Images {
  const pixels = new Uint8Array(images.length * imageBytes);
  images.forEach((image, row) => pixels.set(image.pixels, row * imageBytes));
  return { height: side, width: side, pixels };
}

/** Renders `icons`, in their order, one batch ahead of what is taken. Throws the signal's reason when
 * aborted, and a UserError that names the icon where one cannot be rendered. */
export async function* render<Of extends Icon>(
  icons: readonly Of[],
  signal: AbortSignal,
): AsyncGenerator<RenderedIcon<Of>> {
  const start = (at: number) => {
    const batch = Promise.all(icons.slice(at, at + batchSize).map(renderIcon));
    batch.catch(() => {}); // thrown below, when its turn comes
    return batch;
  };
  let next = start(0);
  for (let at = batchSize; at < icons.length + batchSize; at += batchSize) {
    const batch = await next;
    next = start(at);
    await new Promise((resolve) => setTimeout(resolve));
    for (const rendered of batch) {
      signal.throwIfAborted();
      yield rendered;
    }
  }
}

async function renderIcon<Of extends Icon>(icon: Of): Promise<RenderedIcon<Of>> {
  const buffer = await sharp(new TextEncoder().encode(icon.svg))
    .flatten({ background: "white" })
    .removeAlpha()
    .raw()
    .toBuffer()
    .catch((error: Error) => {
      throw new UserError(
        `Cannot render the icon ${iconId(icon)}: it needs an SVG that librsvg can read, found: ` +
          `${error.message.trim()}. Its package may be damaged: run \`deno install\` again.`,
        { cause: error },
      );
    });
  if (buffer.length !== imageBytes) {
    throw new Error(
      `Cannot render the icon ${
        iconId(icon)
      }: it needs ${imageBytes} bytes, found ${buffer.length}.`,
    );
  }
  const pixels = new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
  return { icon, pixels, digest: createHash("sha256").update(pixels).digest("hex") };
}
