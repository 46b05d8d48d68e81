/** The word that was probably meant. */
import { distance } from "fastest-levenshtein";

/** Edits from `word` to `known`; Infinity for so many that another word was meant. */
export function typos(word: string, known: string): number {
  const edits = distance(word, known);
  return edits < word.length && edits <= Math.max(2, word.length / 3) ? edits : Infinity;
}

/** Of the known words the one nearest to `word`, by `edits`; undefined where none is near. */
export function nearestWord(
  word: string,
  known: readonly string[],
  edits: (word: string, known: string) => number = typos,
): string | undefined {
  const [best] = known
    .map((known) => ({ known, edits: edits(word, known) }))
    .sort((a, b) => a.edits - b.edits);
  return best && best.edits < Infinity ? best.known : undefined;
}
