/** Tells it again where that may help, for so long and no longer. */
import type { Clock } from "../registry/clock.ts";

/** What came of telling it once. `why` is for people; it names no address. */
export type Outcome =
  | { readonly is: "told" }
  /** Trying again would change nothing. */
  | { readonly is: "refused"; readonly why: string }
  /** `after`: milliseconds that were asked for. */
  | { readonly is: "again"; readonly why: string; readonly after?: number };

/** Milliseconds from the first try to the last one. */
export const patience = 15 * 60_000;
const firstPause = 1000;
const longestPause = 60_000;
/** What somebody else may ask for. */
const longestAsked = 5 * 60_000;

/** Returns why it could not be told; undefined where it was. Rejects where `signal` is aborted. */
export async function deliver(
  attempt: () => Promise<Outcome>,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<string | undefined> {
  const until = clock.now() + patience;
  for (let tries = 1;; tries++) {
    const outcome = await attempt();
    signal.throwIfAborted();
    if (outcome.is === "told") return undefined;
    if (outcome.is === "refused") return outcome.why;
    const pause = Math.max(
      Math.min(firstPause * 2 ** (tries - 1), longestPause) * (0.5 + 0.5 * clock.random()),
      Math.min(outcome.after ?? 0, longestAsked),
    );
    if (clock.now() + pause > until) return `${outcome.why} (tried ${tries} times)`;
    await clock.sleep(pause, signal);
  }
}
