/** What a collection leaves out, counted and told in one line for each reason. */

/** Names that a note gives as examples. */
const shown = 3;

export class Notes {
  readonly #left = new Map<string, { count: number; readonly first: string[] }>();
  readonly #said: string[] = [];

  /** `reason`: what it was, for people, in the plural: "hidden files and folders". */
  leave(reason: string, name: string): void {
    const left = this.#left.get(reason) ?? { count: 0, first: [] };
    this.#left.set(reason, left);
    if (left.count++ <= shown) left.first.push(name);
  }

  say(line: string): void {
    this.#said.push(line);
  }

  lines(): string[] {
    const left = [...this.#left].map(([reason, { count, first }]) =>
      `left out, ${reason}: ${amount(count)} (${someOf(first)})`
    );
    return [...left, ...this.#said];
  }
}

/** A number for people: "12,000". */
export function amount(count: number): string {
  return count.toLocaleString("en");
}

/** The first few names, `most` at most, each on one line: "a, b, c, ...". */
export function someOf(names: readonly string[], most = shown): string {
  const first = names.slice(0, most).map(oneLine);
  return [...first, ...(names.length > most ? ["..."] : [])].join(", ");
}

/** A name as a line of text can show it: quoted as in JSON where it holds control characters. */
export function oneLine(name: string): string {
  return /\p{Cc}/u.test(name) ? JSON.stringify(name) : name;
}
