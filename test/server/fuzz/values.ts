/** Values that nobody means well by, in the place of every text that a run's files hold. */
import fc from "fast-check";

/** Each makes an element, an attribute or a script of its own where it is not escaped; `N` makes it the only one of
 * its kind. None has a slash or a zero, so that all can name folders and files. */
const attacks = [
  "<x-evil id=N onmouseover=evil(N)>",
  "<script>evil(N)<\\script>",
  '"><x-evil N>',
  "'><x-evil N>",
  '" onmouseover=evil(N) x="',
  "' onmouseover='evil(N)",
  "` onmouseover=evil(N) `",
  "javascript:evil(N)",
  "<img src=N onerror=evil(N)>",
  "--><x-evil N><!--",
  "]]><x-evil N>",
  "&lt;x-evil N&gt;&#60;x-evil N&#62;",
  "<base href=N>",
  "<style>@import N<!--",
  "\u003cx-evil N\u003e",
  "\u202eN\u2066\u200b",
  "\ud800N",
  "\r\nx-evil: N\r\n\r\n<x-evil N>",
  "${evil(N)}{{evil(N)}}<%= evil(N) %>",
  "<x-evil N",
  "<!--N",
  "constructor N",
];

/** Draws such values: one for each text, the same for the same. */
export class Hostile {
  readonly #values = new Map<string, string>();
  readonly #drawn: readonly string[];

  constructor(seed: number) {
    const noise = fc.string({ unit: "binary", maxLength: 12 })
      .map((text) => text.replace(/[/\0]/g, ""));
    const value = fc.tuple(fc.constantFrom(...attacks), noise).map((parts) => parts.join(""));
    this.#drawn = fc.sample(value, { seed, numRuns: 1000 });
  }

  /** How many there are by now. */
  get count(): number {
    return this.#values.size;
  }

  of(text: string): string {
    if (text === "summary") return text; // its node is found by that name
    const at = this.#values.size;
    const value = this.#values.get(text) ?? this.#drawn[at]!.replaceAll("N", `${at}`);
    this.#values.set(text, value);
    return value;
  }

  /** A copy with each text in it replaced, but under the keys that `keep` says: there a schema says which it may be. */
  in<T>(value: T, keep: (key: string) => boolean, key = ""): T {
    if (typeof value === "string") return (keep(key) ? value : this.of(value)) as T;
    if (Array.isArray(value)) return value.map((item) => this.in(item, keep, key)) as T;
    if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
    const members = Object.entries(value).map(([name, member]) => [
      keyed.has(key) ? this.of(name) : name,
      this.in(member, keep, name),
    ]);
    return Object.fromEntries(members) as T;
  }
}

/** Members whose own members have free names. */
const keyed = new Set([
  "at",
  "metrics",
  "versions",
  "hardware",
  "config",
  "asked",
  "resolved",
  "train",
]);
