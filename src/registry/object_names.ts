/** What the names below the folder of objects mean. */
const key = /^[0-9a-f]{64}$/;
const partial = /^([0-9a-f]{64})\.partial$/;

/** Whether it is the name of an object. */
export function isKey(name: string): boolean {
  return key.test(name);
}

/** The key of the folder of a stage under way; `undefined` where it is none. */
export function keyOfPartial(name: string): string | undefined {
  return name.match(partial)?.[1];
}
