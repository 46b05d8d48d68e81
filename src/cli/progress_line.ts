/** Progress of one long call, in lines: for commands that make no run. */
import type { Progress } from "../pipeline/stage.ts";
import type { Output } from "./output.ts";

const everyMs = 2000;

/** A function to be called as often as there is progress: it writes a line every two seconds. `now` tells the time
 * in ms. */
export function progressLine(
  output: Pick<Output, "line">,
  title: string,
  now = () => performance.now(),
): (progress: Progress) => void {
  let last = now();
  return ({ done, total, unit }) => {
    if (now() - last < everyMs) return;
    last = now();
    output.line(`${title}  ${done.toLocaleString("en")} of ${total.toLocaleString("en")} ${unit}`);
  };
}
