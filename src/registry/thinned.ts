/** Fewer points of a curve. */

/** At most `most` of the items, evenly apart, the first and the last among them; `most` is 2 or more. */
export function thinned<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  const step = (items.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, at) => items[Math.round(at * step)]!);
}
