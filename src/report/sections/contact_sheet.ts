/** Images of real clusters: one strip a cluster, cut by the browser out of one embedded PNG. */
import { html, raw } from "hono/html";
import { z } from "zod";
import { count } from "../../results/count.ts";
import type { Html } from "../html.ts";

/** `sheet.json`: the clusters shown, in the order of the rows of `sheet.png`. */
export const sheetSchema = z.object({
  clusters: z.array(z.object({
    id: z.int(),
    size: z.int(),
    /** What the images are called, for the reader only: no name enters the clustering. */
    names: z.array(z.string()).optional(),
  })),
});

/**
 * A contact sheet as it was drawn.
 *
 * @internal
 */
export interface Sheet {
  /** The rows of the PNG have equal heights. */
  readonly png: Uint8Array;
  readonly clusters: z.infer<typeof sheetSchema>["clusters"];
}

export function contactSheet({ png, clusters }: Sheet): Html {
  return sheetAt(`data:image/png;base64,${png.toBase64()}`, { png, clusters });
}

/** The sheet as the browser gets it from `address`, which nothing in needs escaping: a data URI or a path of encoded
 * segments. */
export function sheetAt(address: string, { png, clusters }: Sheet): Html {
  const { width, height } = pngSize(png);
  const row = height / clusters.length;
  return html`
    <svg class="sheet-source" aria-hidden="true">
      <image id="sheet" width="${width}" height="${height}" href="${raw(address)}" />
    </svg>
    <div class="sheet">
      ${clusters.map(({ id, size, names = [] }, at) =>
        html`
          <figure>
            <figcaption><b>${id}</b> · ${count(size, "image")}${names.length > 0 && " · "}${names
              .join(", ")}</figcaption>
            <svg viewBox="0 ${at * row} ${width} ${row}" role="img">
              <title>Images of cluster ${id}</title>
              <use href="#sheet" />
            </svg>
          </figure>
        `
      )}
    </div>
  `;
}

/** Width and height from the header of a PNG (ISO/IEC 15948, IHDR), pixels. */
export function pngSize(png: Uint8Array): { width: number; height: number } {
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  if (png.length < 24 || signature.some((byte, at) => png[at] !== byte)) {
    throw new TypeError(
      "Cannot show a contact sheet: it needs a PNG file, found one without a PNG signature.",
    );
  }
  const view = new DataView(png.buffer, png.byteOffset);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
