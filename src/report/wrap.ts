/** Of text that is committed: that of `deno.json`. */
export const lineWidth = 100;

/** The words of `text` on lines of at most `width` characters; a longer word has a line of its own. No line ends at a
 * no-break space. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/[^\S\u00a0]+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}
