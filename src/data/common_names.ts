/** What pictures are called, for the reader alone. */
import { iconName } from "./icons/icon.ts";
import { tokensOf } from "./icons/names.ts";

/** Share of all pictures whose names have a word that then tells no group of them from another: `img_0001`. */
const everywhere = 0.9;

/** The words that nearly all pictures have in their names. */
export function wordsOfAll(sources: readonly string[]): ReadonlySet<string> {
  const most = everywhere * sources.length;
  return new Set([...counted(sources)].flatMap(([word, times]) => times >= most ? [word] : []));
}

/** The three words that most of a group of pictures have in their names, of folders too; a word of one picture is
 * none, and neither is one of `without`. */
export function commonNames(
  sources: readonly string[],
  without: ReadonlySet<string> = new Set(),
): string[] {
  return [...counted(sources)].filter(([word, times]) => times > 1 && !without.has(word))
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, 3).map(([word]) => word);
}

/** Word -> names that have it. */
function counted(sources: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const source of sources) {
    const name = iconName(source).replace(/\.\w{2,5}$/, "");
    for (const word of tokensOf(name)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}
