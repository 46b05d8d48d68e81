/** Text of a file that anybody may have made, for a terminal: with a replacement character for each one that moves the
 * cursor, changes colours or turns text round. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, "\ufffd");
}
