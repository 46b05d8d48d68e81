/** Draws that depend on a seed and a name only, never on the order or number of other names. */

/** A 32-bit hash of `text` under `seed`: FNV-1a over UTF-16 units, then MurmurHash3's finaliser. */
export function hash32(seed: number, text: string): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A number in [0, 1) for `text` under `seed`. */
export function uniform(seed: number, text: string): number {
  return hash32(seed, text) / 2 ** 32;
}

/** `items` in an order drawn by `seed`: the first n of them are a sample without replacement, and
 * the first m < n a sample of that sample. Ties break by name, so equal inputs give equal orders. */
export function shuffled<T>(
  seed: number,
  items: Iterable<T>,
  nameOf: (item: T) => string,
): T[] {
  const all = [...items];
  const ranks = Uint32Array.from(all, (item) => hash32(seed, nameOf(item)));
  return [...all.keys()]
    .sort((a, b) => ranks[a]! - ranks[b]! || (nameOf(all[a]!) < nameOf(all[b]!) ? -1 : 1))
    .map((at) => all[at]!);
}
