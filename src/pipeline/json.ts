/** JSON values, their one canonical spelling, and its SHA-256. */
import { createHash } from "node:crypto";

/** A value that JSON can hold: configs, manifests and events are made of these. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
/** An object that JSON can hold. */
export type JsonObject = { readonly [key: string]: Json | undefined };

/** One spelling per value: keys sorted, no white space, `undefined` members left out. Throws a
 * TypeError on a number that JSON cannot hold (NaN, Infinity), which would otherwise become `null`. */
export function canonicalJson(value: Json): string {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new TypeError(`Cannot spell as JSON: it needs finite numbers, found ${value}.`);
  }
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const members = Object.keys(value).sort().flatMap((key) => {
    const member = value[key];
    return member === undefined ? [] : [`${JSON.stringify(key)}:${canonicalJson(member)}`];
  });
  return `{${members.join(",")}}`;
}

/** What keeps a value from being JSON as it stands, with its place: "training.shift is a function".
 * `undefined` where nothing does. Members that are `undefined` count as left out. */
export function jsonProblem(value: unknown): string | undefined {
  return problemAt("", value, []);
}

const deepest = 100;

/** `above`: the objects that `value` is in. */
function problemAt(place: string, value: unknown, above: readonly object[]): string | undefined {
  const name = place === "" ? "it" : place;
  if (value === null || typeof value === "string" || typeof value === "boolean") return undefined;
  if (typeof value === "number") {
    return Number.isFinite(value) ? undefined : `${name} is ${value}`;
  }
  if (value === undefined) return `${name} is undefined`;
  if (typeof value !== "object") return `${name} is a ${typeof value}`;
  if (above.includes(value)) return `${name} holds itself`;
  if (above.length === deepest) return `it is nested more than ${deepest} levels deep`;
  const inside = [...above, value];
  if (Array.isArray(value)) {
    return firstOf(value.keys(), (at) => problemAt(`${place}[${at}]`, value[at], inside));
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    return `${name} is a ${value.constructor?.name || "value of a class"}`;
  }
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return firstOf(
    members.values(),
    ([key, member]) => problemAt(place === "" ? key : `${place}.${key}`, member, inside),
  );
}

/** The first result that is not `undefined`. */
function firstOf<T>(items: Iterable<T>, find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** SHA-256 of the canonical spelling, hex. */
export function hashJson(value: Json): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
