/** The addresses of what the server shows. */

/** A path of these segments, each of which may hold anything. */
export function pathOf(...segments: readonly string[]): string {
  return segments.map((segment) => `/${encodeURIComponent(segment.toWellFormed())}`).join("");
}
