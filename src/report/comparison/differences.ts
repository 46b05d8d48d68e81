/** Which keys of flat values differ between runs. */
import type { Attempt } from "../../pipeline/events.ts";
import type { Json } from "../../pipeline/json.ts";
import type { RunRecord } from "../../pipeline/record.ts";
import { flatten } from "../sections/facts.ts";
import type { ComparedValue, Comparison } from "./comparison.ts";

type Flat = ReadonlyMap<string, string>;

const flat = (value: Json | undefined): Flat =>
  new Map(flatten(value).map(([name, value]) => [name, String(value)]));

/** Keys of JSON values that differ, in the order of the first run that has them; values that are missing as a whole
 * differ from none. */
export function differences(values: readonly (Json | undefined)[]): ComparedValue[] {
  return differing(values.map((value) => value === undefined ? undefined : flat(value)));
}

/** Those of configs: what was asked, and the defaults where it was not. */
export function configDifferences(
  records: readonly (RunRecord | undefined)[],
): Comparison["config"] {
  const asked = records.map((record) => flat(record?.asked));
  const configs = records.map((record, at) =>
    record && new Map([...asked[at]!, ...flat(record.config)])
  );
  return differing(configs).map((difference) => ({
    ...difference,
    asked: asked.map((one) => one.has(difference.name)),
  }));
}

/** Those of the attempts at each run; a run of which nobody knows who worked on it differs from none. */
export function attemptDifferences(
  runs: readonly { readonly attempts: readonly Pick<Attempt, "versions" | "hardware">[] }[],
  field: "versions" | "hardware",
): ComparedValue[] {
  return differing(
    runs.map(({ attempts }) => attempts.length === 0 ? undefined : together(attempts, field)),
  );
}

/** Each value that a key had in the attempts, once. */
function together(
  attempts: readonly Pick<Attempt, "versions" | "hardware">[],
  field: "versions" | "hardware",
): Flat {
  const all = attempts.flatMap((attempt) => [...flat(attempt[field])]);
  const values = Map.groupBy(all, ([name]) => name);
  return new Map(
    [...values].map((
      [name, had],
    ) => [name, [...new Set(had.map(([, value]) => value))].join(", ")]),
  );
}

function differing(runs: readonly (Flat | undefined)[]): ComparedValue[] {
  const known = runs.filter((run) => run !== undefined);
  const names = new Set(known.flatMap((run) => [...run.keys()]));
  return [...names]
    .filter((name) => new Set(known.map((run) => run.get(name))).size > 1)
    .map((name) => ({ name, values: runs.map((run) => run?.get(name) ?? null) }));
}
