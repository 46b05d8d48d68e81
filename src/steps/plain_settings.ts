/** What a user set, as plain values. */
import { UserError } from "../pipeline/errors.ts";
import { type JsonObject, jsonProblem } from "../pipeline/json.ts";

/** The settings as they are. Throws a UserError on values that JSON does not have. */
export function plainSettings(settings: object): JsonObject {
  const problem = jsonProblem(settings);
  if (problem === undefined) return settings as JsonObject;
  throw new UserError(`Cannot take the config: it needs plain values, but ${problem}.`);
}
