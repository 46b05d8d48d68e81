/** Tuples of keyword names for the vectorcall protocol, made once for each sequence of names. */
import { check, checkStatus } from "./check.ts";
import { interned } from "./interned.ts";
import { c } from "./library.ts";

interface Node {
  readonly next: Map<string, Node>;
  /** The tuple for the names on the way here, or 0 where none was asked for yet. */
  tuple: bigint;
}

const root: Node = { next: new Map(), tuple: 0n };
const limit = 10_000;
let nodes = 0;

/**
 * The tuple of these names, borrowed for ever; undefined where so many sequences are known already
 * that the names must be data: then a tuple is to be made for the one call.
 */
export function knownNames(names: readonly string[]): bigint | undefined {
  let node = root;
  for (const name of names) {
    const next = node.next.get(name) ?? grow(node, name);
    if (next === undefined) return undefined;
    node = next;
  }
  return node.tuple === 0n ? node.tuple = newNames(names) : node.tuple;
}

function grow(node: Node, name: string): Node | undefined {
  if (nodes === limit) return undefined;
  nodes++;
  const next = { next: new Map<string, Node>(), tuple: 0n };
  node.next.set(name, next);
  return next;
}

/** A new tuple of these names. */
export function newNames(names: readonly string[]): bigint {
  const tuple = check(c.PyTuple_New(BigInt(names.length)));
  names.forEach((name, index) => {
    const address = interned(name);
    c.Py_IncRef(address);
    checkStatus(c.PyTuple_SetItem(tuple, BigInt(index), address));
  });
  return tuple;
}
