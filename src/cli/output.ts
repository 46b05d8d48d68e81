/** Where progress and results are written: with --json, stdout is the result's alone. */
import process from "node:process";
import { UserError } from "../pipeline/errors.ts";

/** Its methods, and those of `stream`, throw a UserError where nobody can read what they write: a closed pipe,
 * a full device, a terminal that is gone. */
export interface Output {
  /** Progress goes here. */
  readonly stream: NodeJS.WriteStream;
  /** Whether `stream` is a terminal that can be redrawn. */
  readonly live: boolean;
  /** One line of progress. */
  line(text: string): void;
  /** The result. */
  result(text: string): void;
}

export function createOutput({ json }: { readonly json: boolean }): Output {
  const name = json ? "stderr" : "stdout";
  const stream: NodeJS.WriteStream = Object.create(process[name], {
    write: { value: (text: string) => write(name, text) },
  });
  return {
    stream,
    live: stream.isTTY === true && !process.env["CI"] && process.env["TERM"] !== "dumb",
    line: (text) => void stream.write(`${text}\n`),
    result: (text) => void write("stdout", `${text}\n`),
  };
}

/** Writes all of a text at once, or throws a UserError. Node's own streams tell a closed pipe later and by an event, and what a
 * full device did not take never. */
export function write(name: "stdout" | "stderr", text: string): true {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length;) {
    try {
      at += Deno[name].writeSync(bytes.subarray(at));
    } catch (error) {
      if (error instanceof Deno.errors.WouldBlock) pause();
      else {
        throw new UserError(
          `Cannot write to ${name}: ${(error as Error).message}. What is finished is kept: give ` +
            `${name} to something that reads all of it, and the same command goes on.`,
          { cause: error },
        );
      }
    }
  }
  return true;
}

/** Waits 10 ms for a reader whose pipe is full. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
}
