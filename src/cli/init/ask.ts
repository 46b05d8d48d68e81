/** Asks question by question, and again where an answer cannot be taken. */
import { UserError } from "../../pipeline/errors.ts";
import type { JsonObject } from "../../pipeline/json.ts";
import { isAsked, type Question } from "./questions.ts";

export interface Terminal {
  /** What is typed behind the question; null where the input has ended. */
  ask(question: string): string | null;
  say(line: string): void;
}

/** The settings of all answers. `check` throws a UserError where the settings so far cannot be taken; null: no
 * answer is typed, and each question's preset counts. Throws a UserError where the input ends. */
export async function askAll(
  questions: readonly Question[],
  check: (settings: JsonObject) => Promise<void>,
  terminal: Terminal | null,
): Promise<JsonObject> {
  let settings: JsonObject = {};
  for (const question of questions) {
    if (!isAsked(question, settings)) continue;
    settings = await askOne(question, settings, check, terminal);
  }
  return settings;
}

async function askOne(
  { text, preset, read }: Question,
  before: JsonObject,
  check: (settings: JsonObject) => Promise<void>,
  terminal: Terminal | null,
): Promise<JsonObject> {
  while (true) {
    const usual = preset(before);
    const typed = terminal ? terminal.ask(`${text} [${usual}]:`) : "";
    if (typed === null) {
      throw new UserError(
        "Cannot ask: it needs an answer, found the end of the input. Nothing is written. " +
          "Give --yes for the defaults.",
      );
    }
    try {
      const settings = { ...before, ...read(typed.trim() || usual) };
      await check(settings);
      return settings;
    } catch (error) {
      if (!(error instanceof UserError) || !terminal) throw error;
      terminal.say(`  ${error.message}`);
    }
  }
}
