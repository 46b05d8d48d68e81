/** Python objects that are made for one call only, and released after it. */
import type { PyObject as Reference } from "../python/mod.ts";

let current: Reference[] | undefined;

/** Has a reference released when the innermost {@linkcode withTemporaries} ends, if there is one. */
export function temporary(reference: Reference): Reference {
  current?.push(reference);
  return reference;
}

/** Runs `body` and then releases what was made for it. */
export function withTemporaries<T>(body: () => T): T {
  const outer = current;
  const mine: Reference[] = current = [];
  try {
    return body();
  } finally {
    current = outer;
    for (const reference of mine) reference[Symbol.dispose]();
  }
}
