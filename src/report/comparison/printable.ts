/** Text of a record that may hold anything, for a terminal: what would move its cursor or change its colours is shown
 * as a mark. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "\ufffd");
}
