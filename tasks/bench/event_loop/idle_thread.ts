/** A Worker that does nothing but watch how late its own timers fire. */
/// <reference lib="deno.worker" />
import { type Delay, watchDelays } from "./watch_delays.ts";

export type { Delay };
/** What it is sent; it answers with what it has seen. */
export type Question = "begin" | "end";

const delays: Delay[] = [];
self.onmessage = ({ data }: MessageEvent<Question>) => {
  if (data === "begin") watchDelays((delay) => delays.push(delay));
  self.postMessage(delays);
};
