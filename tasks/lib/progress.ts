/** One line of progress: redrawn on a terminal, printed every two seconds elsewhere. */
import type { Screen } from "./environment.ts";

export interface Progress {
  readonly text: string;
  /** 0 to 1; absent where it is not known. */
  readonly fraction?: number;
}

const redrawInterval = 100;
const plainInterval = 2000;

/** Runs `work` under a title, shows how far it is and closes with one line that gives its time. */
export async function withProgress<T>(
  { title, screen }: { title: string; screen: Screen },
  work: (update: (progress: Progress) => void) => Promise<T>,
): Promise<T> {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  let progress: Progress | undefined;
  const show = () => {
    const detail = progress?.text ?? "";
    const line = `${title} ${detail === "" ? "" : `${detail}, `}${seconds().toFixed(0)} s`;
    screen.write(
      screen.live
        ? `\r\x1b[2K${`${bar(progress?.fraction)}${line}`.slice(0, screen.columns - 1)}`
        : `${line}\n`,
    );
  };
  show();
  const timer = setInterval(show, screen.live ? redrawInterval : plainInterval);
  const clear = () => screen.live && screen.write("\r\x1b[2K");
  try {
    const result = await work((next) => progress = next);
    clear();
    screen.write(`${title} done in ${seconds().toFixed(1)} s\n`);
    return result;
  } catch (error) {
    clear();
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/** `[######--------------]  30% `, or nothing where the fraction is unknown. */
export function bar(fraction: number | undefined): string {
  if (fraction === undefined) return "";
  const width = 20;
  const full = Math.round(fraction * width);
  const percent = `${Math.floor(fraction * 100)}`.padStart(3);
  return `[${"#".repeat(full)}${"-".repeat(width - full)}] ${percent}% `;
}
