/** Starts a command as a process of its own, which the end of this one does not touch. */
import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { companionsFolder } from "../../registry/companions.ts";

export interface Spawned {
  /** Folder of the run, absolute: the log lies in it. */
  readonly dir: string;
  /** Name of the log, without ".log". */
  readonly name: string;
  /** Variables that it does not get. */
  readonly without?: readonly string[];
  /** Throws nothing. */
  readonly say: (line: string) => void;
}

const clusterfit = fileURLToPath(new URL("../../../tasks/clusterfit.ts", import.meta.url));

/** Starts `clusterfit <args>` in a session of its own: Ctrl-C in this terminal does not reach it. What it says is added
 * to its log. What goes wrong, also
 * later, is said in a line; nothing is thrown. The signal is aborted when it has ended, or did not begin. */
export function spawnCompanion(
  args: readonly string[],
  { dir, name, without = [], say }: Spawned,
): AbortSignal {
  const ended = new AbortController();
  const folder = join(dir, companionsFolder);
  const path = join(folder, `${name}.log`);
  const failed = ({ message }: Error) => {
    ended.abort();
    say(`Cannot start ${name} beside the run: ${message}`);
  };
  try {
    mkdirSync(folder, { recursive: true });
    const log = openSync(path, "a", 0o600);
    const variables = Object.entries(process.env).filter(([name]) => !without.includes(name));
    const child = spawn(process.execPath, ["run", "--allow-all", clusterfit, ...args], {
      detached: true,
      stdio: ["ignore", log, log],
      env: { ...Object.fromEntries(variables), NO_COLOR: "1" },
    });
    closeSync(log);
    child.on("error", failed);
    child.on("exit", (code) => {
      ended.abort();
      if (code !== 0) {
        say(`What follows the run has ended (${name}, ${code ?? "killed"}): see ${path}`);
      }
    });
    child.unref();
  } catch (error) {
    failed(error as Error);
  }
  return ended.signal;
}
