/** What pictures are called, for the reader alone. */
import { tokensOf } from "./icons/names.ts";

/** The three words that most of them have in their names, of folders too; a word of one picture is none. */
export function commonNames(sources: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const source of sources) {
    const name = source.slice(source.indexOf(":") + 1).replace(/\.\w{2,5}$/, "");
    for (const word of tokensOf(name)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].filter(([, times]) => times > 1)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, 3).map(([word]) => word);
}
