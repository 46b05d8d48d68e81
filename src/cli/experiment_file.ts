/** An experiment of one's own: the default export of a file. It is code of the user's and runs in this process, as what
 * it exports are functions. */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import type { Experiment } from "../method/experiment.ts";
import { UserError } from "../pipeline/errors.ts";
import { reasonOf } from "./reason.ts";

/** Whether an argument means a file of code, not the name of an experiment. */
export function isExperimentFile(argument: string): boolean {
  return /^[^-].*\.[cm]?[jt]s$/.test(argument);
}

const callable = z.custom((value) => typeof value === "function", "it needs a function");

/** What is asked of `Experiment` before any of it is called. */
const shape = z.object({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'it needs small letters, digits and "-"'),
  about: z.string(),
  schema: z.custom<z.ZodType>(
    (value) => value instanceof Object && "safeParse" in value,
    "it needs what experimentConfig() gives",
  ),
  scales: z.record(z.string(), z.object({ config: z.object({}), takes: z.string() }))
    .refine((scales) => Object.keys(scales).length > 0, "it needs one at least, such as small"),
  ...{ prefix: callable, check: callable, world: callable, plan: callable },
});

/** The experiment of a file. `taken`: names that others have, whose runs and numbers are kept by them. Rejects with a
 * UserError where the file cannot be read or has no such experiment. */
export async function readExperimentFile(
  path: string,
  taken: ReadonlySet<string>,
): Promise<Experiment> {
  const refuse = (problem: string, cause?: unknown) => {
    throw new UserError(
      `Cannot take the experiment of ${path}: ${problem}. docs/EXTENDING.md has one to start from.`,
      { cause },
    );
  };
  const module = await import(pathToFileURL(resolve(path)).href)
    .catch((error: unknown) => refuse(reasonOf(told(error)), error)) as { default?: unknown };
  if (module.default === undefined) refuse("it needs a default export, found none");
  const parsed = shape.safeParse(module.default);
  if (!parsed.success) {
    const [{ path: place, message }] = parsed.error.issues as [z.core.$ZodIssue];
    refuse(`of its ${place.join(".") || "default export"}: ${message}`);
  }
  const { name, schema } = module.default as Experiment;
  if (taken.has(name)) refuse(`it needs a name of its own, found "${name}"`);
  const defaults = schema.safeParse({});
  if (!defaults.success) {
    const keys = defaults.error.issues.map(({ path }) => path.join("."));
    refuse(`its schema needs a default for each key, found none for ${keys.join(", ")}`);
  }
  return module.default as Experiment;
}

/** With the line of the user's that threw, where a stack tells it. */
function told(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const [, line] = /\n\s+at (file:\S+)/.exec(error.stack ?? "") ?? [];
  return line === undefined || error.message.includes("file:")
    ? error.message
    : `${error.message} at ${line}`;
}
