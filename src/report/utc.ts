/** Times as pages print them, in UTC. */

/** "2026-11-22 14:03" of an ISO time. */
export function utcMinute(iso: string): string {
  return iso.slice(0, 16).replace("T", " ");
}

/** "2026-11-22 14:03:11" of an ISO time. */
export function utcSecond(iso: string): string {
  return iso.slice(0, 19).replace("T", " ");
}
