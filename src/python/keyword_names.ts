/** Tuples of keyword names for the vectorcall protocol, made once for each sequence of names. */
import { check, checkStatus } from "./check.ts";
import { interned } from "./interned.ts";
import { c } from "./library.ts";
import { addressOf, type Ref, unscoped } from "./ref.ts";
import { share } from "./to_python.ts";
import { wrapNew } from "./wrap.ts";

/** So many sequences are kept; beyond them the names must be data, and each call makes its own. */
const limit = 10_000;
let kept = 0;

/** A sequence of names, found from name to name. */
export class KeywordNames {
  readonly #names: readonly string[];
  readonly #longer = new Map<string, KeywordNames>();
  #owner: Ref | undefined; // of the tuple
  #tuple: bigint | undefined;
  // the one that was asked for last: mostly it is asked for again
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

  /** Their tuple, borrowed from this object. With the GIL held. */
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
    checkStatus(c.PyTuple_SetItem(tuple, BigInt(index), share(interned(name))))
  );
  return tuple;
}
