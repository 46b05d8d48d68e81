/** A command as a person would type it. */
export function shellCommand(words: readonly string[]): string {
  return words.map((word) =>
    /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
  ).join(" ");
}

/** The command without what only says where the result goes and how it is shown. */
export function withoutOutput(words: readonly string[]): string[] {
  return words.filter((word, at) =>
    !/^--(json|(out|page)(=.*)?)$/.test(word) && !/^--(out|page)$/.test(words[at - 1] ?? "")
  );
}
