/** Tuples of keyword names for the vectorcall protocol, made once for each sequence of names. */
import { check, checkStatus } from "./check.ts";
import { interned } from "./interned.ts";
import { c } from "./library.ts";
import { addressOf, type Ref, unscoped } from "./ref.ts";
import { newRef } from "./to_python.ts";
import { wrapNew } from "./wrap.ts";

/** How many sequences are kept. Beyond them the names must be data, and each call makes a new tuple. */
const limit = 10_000;
let kept = 0;

/** A sequence of names, found from name to name. */
export class KeywordNames {
  readonly #names: readonly string[];
  readonly #longer = new Map<string, KeywordNames>();
  #owner: Ref | undefined; // of the tuple
  #tuple: bigint | undefined;
  // the last result: mostly the next call asks for the same
  #name: string | undefined;
  #found: KeywordNames | undefined;

  constructor(names: readonly string[] = []) {
    this.#names = names;
  }

  /** The same names and one more. */
  and(name: string): KeywordNames {
    if (name === this.#name) return this.#found!;
    const found = this.#longer.get(name) ?? this.#grow(name);
    this.#name = name;
    this.#found = found;
    return found;
  }

  #grow(name: string): KeywordNames {
    const longer = new KeywordNames([...this.#names, name]);
    if (kept < limit) {
      kept++;
      this.#longer.set(name, longer);
    }
    return longer;
  }

  /** A borrowed reference to their tuple. With the GIL held. */
  get tuple(): bigint {
    return this.#tuple ?? this.#make();
  }

  #make(): bigint {
    this.#owner = unscoped(() => wrapNew(newTuple(this.#names)));
    return this.#tuple = addressOf(this.#owner);
  }
}

/** Interned names are matched by their address. */
function newTuple(names: readonly string[]): bigint {
  const tuple = check(c.PyTuple_New(BigInt(names.length)));
  names.forEach((name, index) =>
    checkStatus(c.PyTuple_SetItem(tuple, BigInt(index), newRef(interned(name))))
  );
  return tuple;
}
