/** The environment variables that CPython reads as it starts: what they break ends the whole process. */
import { InterpreterError } from "./discover.ts";

/**
 * Takes `PYTHONHOME` away, as activating a virtual environment does: it hides that environment's packages.
 * Then lets the executable start with what else is set, where a mistake can be told.
 *
 * @throws {InterpreterError} with what Python says against the variables.
 */
export function checkVariables(executable: string): void {
  Deno.env.delete("PYTHONHOME");
  const names = Object.keys(Deno.env.toObject()).filter((name) => /^PYTHON[A-Z_]+$/.test(name));
  if (names.length === 0) return;
  const { success, stderr } = new Deno.Command(executable, { args: ["-c", ""], stdin: "null" })
    .outputSync();
  if (success) return;
  const [said] = new TextDecoder().decode(stderr).trim().split("\n");
  throw new InterpreterError(
    `Starting ${executable} failed with the environment variables that are set for it: ${said}. ` +
      `Unset or mend the one meant, of ${names.sort().join(", ")}, and start again.`,
  );
}
