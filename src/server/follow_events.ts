/** The events of a run as a server streams them, over connections that break. */
import { z } from "zod";
import { UserError } from "../pipeline/errors.ts";
import { type RunEvent, runEventSchema } from "../pipeline/events.ts";
import { type Asking, Refused } from "./asking.ts";
import { readMessages } from "./server_sent.ts";

/** Milliseconds from one attempt to the next, at first and at most; the server may say the first. */
const pauses = { first: 1000, most: 30_000 };
/** Milliseconds without a word, a comment too, after which a connection is taken for broken: the server says
 * something every 15 seconds. */
const silence = 45_000;

export interface Followed {
  readonly id: string;
  readonly event: RunEvent;
  readonly anew: boolean;
}

export interface Following {
  readonly after?: string;
  readonly signal?: AbortSignal;
}

/** Each event once, in order. Rejects with a UserError where the first connection fails, or the server refuses. */
export async function* followEvents(
  asking: Asking,
  path: string,
  { after, signal }: Following,
): AsyncGenerator<Followed, void> {
  let last = after;
  let pause = pauses.first;
  let shortest = pauses.first;
  let anew = false;
  let hasConnected = false;
  while (!signal?.aborted) {
    const ends = new AbortController();
    const stop = () => ends.abort();
    signal?.addEventListener("abort", stop);
    try {
      const headers = {
        accept: "text/event-stream",
        ...(last !== undefined && { "last-event-id": last }),
      };
      const answer = await asking.open(path, { headers, signal: ends.signal });
      hasConnected = true;
      for await (const message of readMessages(answer.body!, { silence, stop })) {
        pause = shortest;
        if (message.retry !== undefined) pause = shortest = Math.min(message.retry, pauses.most);
        if (message.type === "gone") return;
        if (message.type === "reset") [anew, last] = [true, undefined];
        if (message.type !== "message" || message.data === undefined) continue;
        const event = readEvent(message.data);
        last = message.id ?? last;
        yield { id: last ?? "", event, anew };
        anew = false;
      }
    } catch (error) {
      if (signal?.aborted) return;
      const isRefused = error instanceof Refused && !(error.isPassing && hasConnected);
      if (isRefused || (error instanceof UserError && !(error instanceof Refused))) throw error;
    } finally {
      signal?.removeEventListener("abort", stop);
      stop();
    }
    await sleep(pause * (0.5 + Math.random() / 2), signal);
    pause = Math.min(2 * pause, pauses.most);
  }
}

function readEvent(data: string): RunEvent {
  try {
    return runEventSchema.parse(JSON.parse(data));
  } catch (error) {
    const words = error instanceof z.ZodError ? error.issues[0]!.message : (error as Error).message;
    throw new UserError(
      `Cannot read an event of the server: it needs one that this version knows, found another (${words}). ` +
        "Use the same version as the server.",
      { cause: error },
    );
  }
}

/** Resolves after so many milliseconds, or once the signal says so. */
async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  signal?.addEventListener("abort", () => resolve());
  await promise;
  clearTimeout(timer);
}
