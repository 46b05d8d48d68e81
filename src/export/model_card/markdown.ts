/** Markdown and YAML as text. */

export function table(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(columns), line(columns.map(() => "---")), ...rows.map(line)].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll(/\s+/g, " ");
}

export function code(language: string, lines: string): string {
  return `\`\`\`${language}\n${lines.trim()}\n\`\`\``;
}

/** A text between backticks, whatever is in it. */
export function inline(text: string): string {
  const fence = "`".repeat(
    1 + Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)),
  );
  return fence.length === 1 ? `\`${text}\`` : `${fence} ${text} ${fence}`;
}
