/** JSON that proves itself: an object with a checksum of its other members. For what no manifest hashes:
 * run.json, checkpoints and the lines of the event log. */
import { hashJson, type JsonObject } from "./json.ts";

/** `value` with the member `checksum`: the first 16 hex digits of the SHA-256 of its canonical JSON. */
export function seal(value: JsonObject): JsonObject {
  return { ...value, checksum: checksumOf(value) };
}

/** The members of a sealed object without the checksum. Throws an Error that says what is wrong where
 * `value` is no object, has no checksum or another one than its members give. */
export function unseal(value: unknown): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error("it holds no JSON object");
  }
  const { checksum, ...members } = value as JsonObject;
  if (checksum === undefined) throw new Error("it has no checksum");
  const expected = checksumOf(members);
  if (checksum !== expected) {
    throw new Error(`its checksum is ${JSON.stringify(checksum)}, its members give "${expected}"`);
  }
  return members;
}

function checksumOf(members: JsonObject): string {
  return hashJson(members).slice(0, 16);
}
