/** Brace ranges in the names of shards, as WebDataset writes them: `x-{000..010}.tar`, `{a,b}/x.tar`. */

/** Every name that a pattern stands for, in its order; the pattern itself where it has no braces. */
export function expandBraces(pattern: string): string[] {
  const found = /\{([^{}]*)\}/.exec(pattern);
  if (!found) return [pattern];
  const [before, behind] = [
    pattern.slice(0, found.index),
    pattern.slice(found.index + found[0].length),
  ];
  const rest = expandBraces(behind);
  return choices(found[1]!).flatMap((choice) => rest.map((end) => `${before}${choice}${end}`));
}

/** `000..010`: as many digits as the longer end has where one of them begins with 0; else what commas part. */
function choices(inside: string): string[] {
  const range = /^(\d+)\.\.(\d+)$/.exec(inside);
  if (!range) return inside.split(",");
  const [first, last] = [range[1]!, range[2]!];
  const padded = [first, last].some((end) => end.length > 1 && end.startsWith("0"));
  const digits = padded ? Math.max(first.length, last.length) : 0;
  const [from, to] = [Number(first), Number(last)];
  const step = from <= to ? 1 : -1;
  return Array.from(
    { length: Math.abs(to - from) + 1 },
    (_, at) => String(from + step * at).padStart(digits, "0"),
  );
}
