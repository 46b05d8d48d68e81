/** Times as they are shown. */

/** `2026-11-20 14:30`, here. */
export function formatTime(iso: string): string {
  return new Date(iso).toLocaleString("sv").slice(0, 16);
}
