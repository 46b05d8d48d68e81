/** The JSON schema of a config: editors complete and check `.json` config files by it. */
import { z } from "zod";
import { defaultExperiment } from "../experiments/default.ts";
import { reproductions } from "../experiments/list.ts";
import { own } from "../experiments/own.ts";
import { UserError } from "../pipeline/errors.ts";
import { canonicalJson, isJsonObject, type JsonObject } from "../pipeline/json.ts";

/** Key -> schema of its values. */
type Properties = Readonly<Record<string, JsonObject>>;

/** Of the experiment of that name; of what `deno task clusterfit` takes where it is undefined. Throws a UserError
 * where there is no such experiment. */
export function configSchema(experiment?: string): JsonObject {
  const properties = experiment === undefined
    ? either(propertiesOf(defaultExperiment.schema), propertiesOf(own.schema))
    : propertiesOf(schemaOf(experiment));
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: `Config of clusterfit${experiment === undefined ? "" : `, experiment ${experiment}`}`,
    type: "object",
    properties: { $schema: { type: "string" }, ...properties },
    additionalProperties: false,
  };
}

function schemaOf(name: string): z.ZodType {
  const experiment = Object.hasOwn(reproductions, name) ? reproductions[name] : undefined;
  if (experiment) return experiment.schema;
  throw new UserError(
    `Cannot give the schema of "${name}": it needs an experiment, one of ` +
      `${Object.keys(reproductions).join(", ")}. Leave it out for that of a run.`,
  );
}

/** A schema of each key, of the values as their user writes them. */
function propertiesOf(schema: z.ZodType): Properties {
  const { properties } = z.toJSONSchema(schema, {
    io: "input",
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === "pipe") takeOneForList(jsonSchema as Record<string, unknown>);
    },
  });
  return properties as unknown as Properties;
}

/** The keys of both; a key that they describe in two ways may be either. */
function either(one: Properties, other: Properties): Properties {
  const both = Object.entries(one).flatMap(([key, schema]) => {
    const second = other[key];
    const same = second === undefined || canonicalJson(schema) === canonicalJson(second);
    return same ? [] : [[key, { anyOf: [schema, second] }] as const];
  });
  return { ...one, ...other, ...Object.fromEntries(both) };
}

/** The values of an axis: one alone may stand for a list of one. */
function takeOneForList(schema: Record<string, unknown>): void {
  const { items, ...list } = { ...schema };
  if (!isJsonObject(items)) return;
  for (const key of Object.keys(schema)) delete schema[key];
  schema["anyOf"] = [items, { ...list, items }];
}
