/** JSON values, their one canonical spelling, and its SHA-256. */
import { createHash } from "node:crypto";

/** A value that JSON can hold: configs, manifests and events are made of these. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json | undefined };

/** One spelling per value: keys sorted, no white space, `undefined` members left out. Throws a
 * TypeError on a number that JSON cannot hold (NaN, Infinity), which would otherwise become `null`. */
export function canonicalJson(value: Json): string {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new TypeError(`canonicalJson needs finite numbers, got ${value}`);
  }
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const members = Object.keys(value).sort().flatMap((key) => {
    const member = value[key];
    return member === undefined ? [] : [`${JSON.stringify(key)}:${canonicalJson(member)}`];
  });
  return `{${members.join(",")}}`;
}

/** SHA-256 of the canonical spelling, hex. */
export function hashJson(value: Json): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
