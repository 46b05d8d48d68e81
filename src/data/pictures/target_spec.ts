/** `--target plants=~/labelled`: a name, and the labelled pictures that it stands for. */
import { UserError } from "../../pipeline/errors.ts";

export interface TargetSpec {
  /** As tables and the folders of a run call it. */
  readonly name: string;
  /** What `openCollection` takes. */
  readonly given: string;
}

/** Names of targets: they are in the names of a run's folders. */
export const targetName = /^[a-z0-9][a-z0-9-]*$/;

/** Throws a UserError where the text is no target. */
export function parseTargetSpec(text: string): TargetSpec {
  const at = text.indexOf("=");
  const [name, given] = [text.slice(0, Math.max(at, 0)), text.slice(at + 1)];
  if (targetName.test(name) && given.trim() !== "") return { name, given };
  throw new UserError(
    `Cannot probe on "${text}": it needs name=pictures, the name of small letters, digits and "-", found ` +
      `${
        at < 0 ? "no name" : given.trim() === "" ? "no pictures" : `the name "${name}"`
      }. Give, for ` +
      "example, --target plants=~/labelled.",
  );
}
