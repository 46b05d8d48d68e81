/** The ways to tell people, by what `--notify` and `--by` are given. */
import { UserError } from "../../pipeline/errors.ts";
import { command } from "./command.ts";
import { type FormName, forms } from "./forms.ts";
import type { Way } from "./way.ts";
import { addressVariable, webhook } from "./webhook.ts";

/** For the help. */
export const waysText = `${Object.keys(forms).join(", ")} (a webhook: its address in the ` +
  `environment, ${addressVariable}), or command:<program and arguments>`;

/** The way that `text` names. Throws a UserError where it names none, or where the environment lacks what it needs.
 * The message does not repeat what may be an address. */
export function wayOf(
  text: string,
  variables: Readonly<Record<string, string | undefined>>,
): Way {
  if (Object.hasOwn(forms, text)) return webhook(text as FormName, variables);
  const line = /^command:(.*)$/s.exec(text)?.[1]?.trim();
  if (line) return command(line);
  throw new UserError(
    /:\/\//.test(text)
      ? "Cannot tell of a run by an address on the command line: it is a secret, and the command line is kept in " +
        `run.json. Set ${addressVariable} to it, and name its form: ${
          Object.keys(forms).join(", ")
        }.`
      : `Cannot tell of a run by ${JSON.stringify(text)}: it needs ${waysText}.`,
  );
}
