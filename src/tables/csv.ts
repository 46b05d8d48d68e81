/** CSV (RFC 4180) as rows of text: quoted fields may hold separators, line breaks and doubled quotes. Also taken
 * are lines that end in LF alone, a byte order mark, and a quote inside a field that does not begin with one. */
import { LineError } from "./line_error.ts";

/** A row, and the line on which it begins, from 1. */
export interface CsvRow {
  readonly line: number;
  readonly fields: readonly string[];
}

/** The rows of a text; empty lines are none. Throws a LineError. */
export function parseCsv(text: string, separator: "," | "\t"): CsvRow[] {
  const rows: CsvRow[] = [];
  let at = text.startsWith("\ufeff") ? 1 : 0;
  for (let line = 1; at < text.length;) {
    const begun = line;
    const fields: string[] = [];
    for (let more = true; more;) {
      const field = text[at] === '"' ? quoted(text, at, line) : plain(text, at, separator);
      fields.push(field.value);
      line += field.lines;
      more = text[field.end] === separator;
      at = more ? field.end + 1 : field.end;
      if (!more && at < text.length && !isBreak(text, at)) {
        throw new LineError(line, `it has text behind a closing quote`);
      }
    }
    const empty = fields.length === 1 && fields[0] === "" && text[at - 1] !== '"';
    if (!empty) rows.push({ line: begun, fields });
    at += text[at] === "\r" ? 2 : 1;
    line++;
  }
  return rows;
}

interface Field {
  readonly value: string;
  /** Place of what stands behind it. */
  readonly end: number;
  /** Line breaks in it. */
  readonly lines: number;
}

function plain(text: string, start: number, separator: string): Field {
  let end = start;
  while (end < text.length && text[end] !== separator && !isBreak(text, end)) end++;
  return { value: text.slice(start, end), end, lines: 0 };
}

function quoted(text: string, start: number, line: number): Field {
  let value = "";
  for (let from = start + 1;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) throw new LineError(line, "a quote is never closed");
    value += text.slice(from, quote);
    if (text[quote + 1] !== '"') {
      return { value, end: quote + 1, lines: value.split("\n").length - 1 };
    }
    value += '"';
    from = quote + 2;
  }
}

function isBreak(text: string, at: number): boolean {
  return text[at] === "\n" || (text[at] === "\r" && text[at + 1] === "\n");
}

/** The text of rows, lines ended by LF. Fields are quoted where they need it. */
export function formatCsv(rows: Iterable<readonly string[]>, separator: "," | "\t"): string {
  const lines: string[] = [];
  for (const fields of rows) {
    // An empty line would be no row.
    const only = fields.length === 1 && fields[0] === "";
    lines.push(
      only ? '""\n' : `${fields.map((field) => quote(field, separator)).join(separator)}\n`,
    );
  }
  return lines.join("");
}

function quote(field: string, separator: string): string {
  const special = /["\r\n\ufeff]/.test(field) || field.includes(separator);
  return special ? `"${field.replaceAll('"', '""')}"` : field;
}
