/** Counts of tests, read from the JUnit reports of `deno test` and pytest. */

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const none: Counts = { passed: 0, failed: 0, skipped: 0 };

/** Each `<testcase>` once: failed where it holds a failure or an error, skipped where it says so. */
export function countJunit(xml: string): Counts {
  const cases = casesOf(xml);
  const failed = cases.filter((text) => /<(?:failure|error)\b/.test(text)).length;
  const skipped = cases.filter(isSkipped).length;
  return { passed: cases.length - failed - skipped, failed, skipped };
}

/** Names of the tests that were skipped. */
export function skippedTests(xml: string): string[] {
  return casesOf(xml).filter(isSkipped).map((text) => /\bname="([^"]*)"/.exec(text)?.[1] ?? text);
}

const casesOf = (xml: string) => xml.match(/<testcase\b[^>]*?(?:\/>|>[\s\S]*?<\/testcase>)/g) ?? [];
const isSkipped = (testcase: string) => /<skipped\b/.test(testcase);

export function sumCounts(counts: readonly Counts[]): Counts {
  return counts.reduce((sum, one) => ({
    passed: sum.passed + one.passed,
    failed: sum.failed + one.failed,
    skipped: sum.skipped + one.skipped,
  }), none);
}

/** `12 passed, 0 failed`, with `, 1 skipped` only where there is one. */
export function formatCounts({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped === 0 ? "" : `, ${skipped} skipped`}`;
}
