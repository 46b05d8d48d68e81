/** A command as it can be pasted into a shell. */

/** The words of a command with quotes where a POSIX shell needs them, on one line. */
export function shellWords(words: readonly string[]): string {
  return words.map((word) =>
    /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
  ).join(" ");
}
