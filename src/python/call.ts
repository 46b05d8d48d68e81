/** Calls through the vectorcall protocol. With the GIL held; every result is a new reference. */
import { check, checkStatus } from "./check.ts";
import { interned } from "./interned.ts";
import { c } from "./library.ts";
import { addressOfView } from "./memory.ts";
import { type Convertible, share, toPython } from "./to_python.ts";

/** Keyword arguments of a call: made by `kw`, given last. */
export class Keywords {
  constructor(readonly values: { readonly [name: string]: Convertible }) {}
}

/** Marks an object as the keyword arguments of a call: `f.call(1, kw({ axis: 0 }))`. */
export function kw(values: { readonly [name: string]: Convertible }): Keywords {
  return new Keywords(values);
}

/** Arguments of a call; a last `kw({...})` holds its keyword arguments. */
export type Arguments = readonly (Convertible | Keywords)[];

// Argument arrays live on a stack of their own, because a callee may call back and call again.
const capacity = 1 << 16;
const stack = new BigUint64Array(new ArrayBuffer(capacity * 8));
const base = addressOfView(stack);
const slots: bigint[] = Array.from({ length: 256 }, (_, i) => base + BigInt(i) * 8n);
const counts: bigint[] = Array.from({ length: 256 }, (_, i) => BigInt(i));
let top = 0;

const slot = (index: number) => slots[index] ?? base + BigInt(index) * 8n;
const count = (n: number) => counts[n] ?? BigInt(n);

/** Calls `callable(...args)`. */
export function call(callable: bigint, args: Arguments): bigint {
  return invoke(callable, undefined, args);
}

/** Calls `self.name(...args)` without making a bound method. */
export function callMethod(self: bigint, name: string, args: Arguments): bigint {
  return invoke(self, name, args);
}

function invoke(target: bigint, method: string | undefined, args: Arguments): bigint {
  const start = top;
  let own = start; // the first argument that this call owns
  let names = 0n;
  try {
    if (method !== undefined) stack[own++] = target;
    top = own;
    const last = args.length - 1;
    const keywords = last >= 0 && args[last] instanceof Keywords ? args[last] : undefined;
    const positional = keywords === undefined ? args.length : last;
    for (let i = 0; i < positional; i++) push(args[i]!);
    const given = count(top - start);
    if (keywords !== undefined) {
      const entries = keywords.values;
      const keys = Object.keys(entries);
      for (const key of keys) push(entries[key]);
      names = namesOf(keys);
    }
    return check(
      method === undefined
        ? c.PyObject_Vectorcall(target, slot(start), given, names)
        : c.PyObject_VectorcallMethod(interned(method), slot(start), given, names),
    );
  } finally {
    if (names !== 0n) c.Py_DecRef(names);
    for (let i = own; i < top; i++) c.Py_DecRef(stack[i]!);
    top = start;
  }
}

/** A new tuple of interned names. */
function namesOf(keys: readonly string[]): bigint {
  const names = check(c.PyTuple_New(count(keys.length)));
  for (let i = 0; i < keys.length; i++) {
    checkStatus(c.PyTuple_SetItem(names, count(i), share(interned(keys[i]!))));
  }
  return names;
}

function push(value: Convertible | Keywords): void {
  if (value instanceof Keywords) throw new TypeError("kw({...}) must be the last argument.");
  if (top === capacity) throw new RangeError(`More than ${capacity} arguments in flight.`);
  stack[top] = toPython(value);
  top++;
}
