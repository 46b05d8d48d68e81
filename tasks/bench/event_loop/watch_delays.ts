/** How late a timer fires. */

const periodMs = 5;

export interface Delay {
  /** When the timer fired, ms since 1970. */
  readonly at: number;
  /** How much later than it should have. */
  readonly ms: number;
}

/** Tells the delay of each of many timers, one after the other, until disposed. */
export function watchDelays(tell: (delay: Delay) => void): Disposable {
  let timer: ReturnType<typeof setTimeout>;
  const watch = () => {
    const began = performance.now();
    timer = setTimeout(() => {
      const fired = performance.now();
      tell({
        at: performance.timeOrigin + fired,
        ms: Math.max(0, fired - began - periodMs),
      });
      watch();
    }, periodMs);
  };
  watch();
  return { [Symbol.dispose]: () => clearTimeout(timer) };
}
