/** Asks before something is removed. */
import { openTerminal } from "./init/terminal.ts";

/** Whether the person at the terminal types yes. Throws a UserError where nobody can. */
export function confirm(
  question: string,
  terminal = openTerminal("Give --yes to do it without asking."),
): boolean {
  const typed = terminal.ask(`${question} [y/N]`);
  return /^y(es)?$/i.test(typed?.trim() ?? "");
}
