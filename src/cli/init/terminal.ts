/** This process's terminal, on which questions are answered. */
import { UserError } from "../../pipeline/errors.ts";
import { write } from "../output.ts";
import type { Terminal } from "./ask.ts";

/** Throws a UserError where nobody types; `advice` says what to do then. */
export function openTerminal(advice: string): Terminal {
  if (!Deno.stdin.isTerminal()) {
    throw new UserError(`Cannot ask: it needs a terminal, found other input. ${advice}`);
  }
  return {
    ask(question) {
      write("stdout", `${question} `);
      return readLine();
    },
    say: (line) => void write("stdout", `${line}\n`),
  };
}

/** The next line of standard input, without its end; null where there is none. */
function readLine(): string | null {
  const bytes: number[] = [];
  const byte = new Uint8Array(1); // what follows the line is left for the next one
  while (Deno.stdin.readSync(byte) !== null) {
    if (byte[0] === 0x0a) return new TextDecoder().decode(Uint8Array.from(bytes));
    bytes.push(byte[0]!);
  }
  return bytes.length === 0 ? null : new TextDecoder().decode(Uint8Array.from(bytes));
}
