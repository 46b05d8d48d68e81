/** Where progress and results are written: with --json, stdout is the result's alone. */
import process from "node:process";

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
  const stream = json ? process.stderr : process.stdout;
  return {
    stream,
    live: stream.isTTY === true && !process.env["CI"] && process.env["TERM"] !== "dumb",
    line: (text) => void stream.write(`${text}\n`),
    result: (text) => void process.stdout.write(`${text}\n`),
  };
}
