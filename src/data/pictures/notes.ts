/** What a collection leaves out, counted and told in one line for each reason. */

/** Names that a note gives as examples. */
const shown = 3;

export class Notes {
  readonly #left = new Map<string, string[]>();
  readonly #said: string[] = [];

  /** `reason`: what it was, for people, in the plural: "hidden files and folders". */
  leave(reason: string, name: string): void {
    const names = this.#left.get(reason);
    if (names) names.push(name);
    else this.#left.set(reason, [name]);
  }

  say(line: string): void {
    this.#said.push(line);
  }

  lines(): string[] {
    const left = [...this.#left].map(([reason, names]) =>
      `left out, ${reason}: ${amount(names.length)} (${someOf(names)})`
    );
    return [...left, ...this.#said];
  }
}

/** A number for people: "12,000". */
export function amount(count: number): string {
  return count.toLocaleString("en");
}

/** The first few names, each on one line: "a, b, c, ...". */
export function someOf(names: readonly string[]): string {
  const first = names.slice(0, shown).map(oneLine);
  return [...first, ...(names.length > shown ? ["..."] : [])].join(", ");
}

/** A name as a line of text can show it: quoted as in JSON where it holds control characters. */
export function oneLine(name: string): string {
  return /\p{Cc}/u.test(name) ? JSON.stringify(name) : name;
}
