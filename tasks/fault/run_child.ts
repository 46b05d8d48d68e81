/** One process of a run: what it met, and how it ended. */
import { fileURLToPath } from "node:url";
import { limitTime } from "../lib/time_limit.ts";
import type { Order, Said } from "./child.ts";
import type { Fault, Place } from "./faults.ts";

export interface Ended {
  /** The fault that it met, if any. */
  readonly met?: Fault;
  /** The calls of a process that came to its end. */
  readonly made?: readonly Place[];
  /** How it ended: a signal's name or an exit code. */
  readonly how: string | number;
  /** All that it wrote to standard error. */
  readonly stderr: string;
}

/** Many times what a whole run takes: only a hang lasts as long. */
const limitSeconds = 300;

export async function runChild(order: Order, python: string | undefined): Promise<Ended> {
  const program = fileURLToPath(new URL("child.ts", import.meta.url));
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--no-check", program, JSON.stringify(order)],
    env: { NO_COLOR: "1", ...(python !== undefined && { CLUSTERFIT_PYTHON: python }) },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  using _limit = limitTime(child.pid, limitSeconds, () => child.kill("SIGTERM"));
  const { code, signal, stdout, stderr } = await child.output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  const said: Said[] = decode(stdout).split("\n").filter((line) => line !== "").map((line) =>
    JSON.parse(line)
  );
  return Object.assign({ how: signal ?? code, stderr: decode(stderr) }, ...said);
}
