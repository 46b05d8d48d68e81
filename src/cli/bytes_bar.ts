/** Progress of a call that reads or writes many bytes: a bar on a terminal, lines elsewhere. */
import { createLogUpdate } from "log-update";
import type { Progress } from "../pipeline/stage.ts";
import { describe } from "./live_view.ts";
import type { Output } from "./output.ts";
import { formatBytes } from "../report/bytes.ts";

/** Milliseconds between two drawings, and between two lines where nothing can be drawn. */
const everyMs = { live: 100, plain: 5000 };
/** Milliseconds until the first one: what takes no longer needs none. */
const patienceMs = 1000;

/** The speed is that of about so many milliseconds. */
const smoothMs = 5000;

export interface BytesBar extends Disposable {
  /** To be called as often as there is progress, in bytes. */
  readonly progress: (progress: Progress) => void;
}

/** `now` tells the time in ms. Disposed of, the bar goes. */
export function bytesBar(
  output: Output,
  title: string,
  now = () => performance.now(),
): BytesBar {
  const began = now();
  const every = output.live ? everyMs.live : everyMs.plain;
  const update = output.live ? createLogUpdate(output.stream, { showCursor: true }) : undefined;
  let next = began + patienceMs;
  let [before, last, rate] = [began, 0, 0];
  return {
    progress({ done, total }) {
      const time = now();
      if (time < next) return;
      next = time + every;
      // Reading and compressing differ in speed: what it was lately counts most.
      const weight = rate === 0 ? 1 : 1 - Math.exp(-(time - before) / smoothMs);
      rate += weight * ((done - last) / ((time - before) / 1000) - rate);
      [before, last] = [time, done];
      const text = describe({
        ...{ id: title, stage: title, title, state: "running" },
        ...{ done: done / 1e6, total: total / 1e6, unit: "MB" },
        ...(rate > 0 && { rate: rate / 1e6, eta: (total - done) / rate }),
      }, (output.stream.columns || 80) - title.length - of(total).length - 4);
      const line = `${title}  ${text}${of(total)}`;
      if (update) update(line);
      else output.line(line);
    },
    [Symbol.dispose]() {
      update?.clear();
    },
  };
}

const of = (total: number) => `  of ${formatBytes(total)}`;
