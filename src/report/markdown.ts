/** Markdown as text. */

/** A table with its columns aligned. Cells hold no line break. */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const widths = header.map((_, at) =>
    Math.max(1, ...[header, ...rows].map((row) => row[at]!.length))
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((text, at) => text.padEnd(widths[at]!)).join(" | ")} |`;
  return [
    line(header),
    line(widths.map((width) => "-".repeat(width))),
    ...rows.map(line),
  ].join("\n");
}

/** Text without what Markdown would read as its own. */
export function escape(text: string): string {
  return text.replaceAll(/[\\|<>*_`[\]]/g, (character) => `\\${character}`).replaceAll("\n", " ");
}

/** Lines of a language, as they are. */
export function code(language: string, lines: string): string {
  return `\`\`\`${language}\n${lines.trim()}\n\`\`\``;
}
