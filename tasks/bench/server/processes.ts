/** The processes of the bench: the server, a training, clients. */
import { join } from "node:path";
import { linesOf } from "../../lib/lines.ts";
import { startedWith } from "../memory.ts";
import type { Load } from "./load.ts";

const here = import.meta.dirname!;
const run = (file: string, flags: readonly string[] = []) => [
  ...["run", "--allow-all", "--no-check", ...flags],
  file,
];

export interface Served extends AsyncDisposable {
  readonly port: number;
  /** The fewest bytes that the process held during some work: what is between two collections of garbage comes and goes. */
  fewestBytes(work: () => Promise<void>): Promise<number>;
}

/** The server of `out` as `deno task serve` starts it, unless other flags are given, with room for all clients of the bench. */
export async function startServer(
  out: string,
  flags: readonly string[] = startedWith.flags,
): Promise<Served> {
  const room = ["streams", "streamsPerClient", "connections", "connectionsPerClient"];
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...run(join(here, "../../serve.ts"), flags),
      ...["--out", out, "--port", "0"],
      ...room.flatMap((name) => ["--limit", `${name}=2500`]),
    ],
    env: startedWith.env,
    stdout: "piped",
  }).spawn();
  const lines = linesOf(child.stdout);
  let port = 0;
  while (port === 0) {
    const { value, done } = await lines.next();
    if (done) throw new Error("The server did not start");
    port = Number(value.match(/http:\/\/[^:]+:(\d+)/)?.[1] ?? 0);
  }
  return {
    port,
    async fewestBytes(work) {
      const done = work().then(() => true);
      let fewest = Infinity;
      do {
        const status = await Deno.readTextFile(`/proc/${child.pid}/status`);
        fewest = Math.min(fewest, 1024 * Number(status.match(/RssAnon:\s+(\d+)/)?.[1]));
      } while (
        !await Promise.race([
          done,
          new Promise((resolve) => setTimeout(resolve, 100, false)),
        ])
      );
      return fewest;
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGINT");
      await child.status;
      await lines.return(undefined);
    },
  };
}

export interface Training extends AsyncDisposable {
  /** Seconds that its trainings took, once it is done. */
  readonly seconds: Promise<number>;
}

/** Trains in `out/<id>`, until it is done or disposed. */
export function startTraining(out: string, id: string, epochs: number): Training {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...run(join(here, "train.ts")), out, id, String(epochs)],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const seconds = child.output().then(({ stdout }) => {
    const said = new TextDecoder().decode(stdout).trim().split("\n").at(-1)!;
    if (said === "") throw new Error("The training did not come to its end");
    return Number(JSON.parse(said).seconds);
  });
  seconds.catch(() => {}); // one that is disposed of has none
  return {
    seconds,
    async [Symbol.asyncDispose]() {
      try {
        child.kill("SIGKILL");
      } catch { // it is done
      }
      await child.status;
    },
  };
}

/** What the clients saw. */
export async function load<T>(asked: Load): Promise<T> {
  const child = new Deno.Command(Deno.execPath(), {
    args: run(join(here, "load.ts")),
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(JSON.stringify(asked)));
  await writer.close();
  const { success, stdout } = await child.output();
  if (!success) throw new Error("The clients failed");
  return JSON.parse(new TextDecoder().decode(stdout)) as T;
}
