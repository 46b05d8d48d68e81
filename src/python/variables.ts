/** The environment variables that CPython reads as it starts: a bad value would end the whole process. */
import { InterpreterError } from "./discover.ts";

/**
 * Unsets `PYTHONHOME`, as activating a virtual environment does: it hides that environment's packages.
 * Then starts the executable once with what else is set, where a bad value can be reported.
 *
 * @throws {InterpreterError} with the error that Python prints about the variables.
 */
export function checkVariables(executable: string): void {
  Deno.env.delete("PYTHONHOME");
  const names = Object.keys(Deno.env.toObject()).filter((name) => /^PYTHON[A-Z_]+$/.test(name));
  if (names.length === 0) return;
  const { success, stderr } = new Deno.Command(executable, { args: ["-c", ""], stdin: "null" })
    .outputSync();
  if (success) return;
  const [message] = new TextDecoder().decode(stderr).trim().split("\n");
  throw new InterpreterError(
    `Cannot start ${executable}: it needs valid environment variables, found ` +
      `${names.sort().join(", ")}, and ends with: ${message}. Unset or correct the one meant.`,
  );
}
