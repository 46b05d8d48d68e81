/** `valueOf`: Python objects as JS values. */
import { PyObject as Reference, unconverted } from "../python/mod.ts";
import { wrap } from "./proxied.ts";
import { python } from "./start.ts";
import type { Dynamic, PyObject } from "./types.ts";

const builtins = python.builtins;
const typeOf = builtins.attr("type") as Reference;
const named = (name: string) => builtins.attr(name) as Reference;

type Convert = (object: Reference) => Dynamic;

const containers: readonly (readonly [type: Reference, convert: Convert])[] = [
  [named("list"), toArray],
  [named("tuple"), toArray],
  [named("dict"), toMap],
  [named("set"), toSet],
];

/**
 * The JS value of an object whose exact type is None, bool, int, float, str, bytes, list, tuple, dict
 * or set, with what is in it; a proxy for any other.
 */
export function valueOf(object: PyObject): Dynamic {
  const scalar = unconverted.scalar(object.reference);
  if (scalar !== undefined) return scalar;
  const container = containerOf(object.reference);
  return container === undefined ? object.proxy : descend(object.reference, container);
}

/** The same for a value of the bridge, which has converted scalars already. */
export function valueOfGiven(value: unknown): Dynamic {
  if (!(value instanceof Reference)) return value;
  const container = containerOf(value);
  if (container === undefined) return wrap(value).proxy;
  using object = value;
  return descend(object, container);
}

function containerOf(object: Reference): Convert | undefined {
  using type = typeOf.call(object) as Reference;
  return containers.find(([known]) => known.is(type))?.[1];
}

const limit = 900;
let depth = 0;

function descend(object: Reference, container: Convert): Dynamic {
  if (depth === limit) {
    throw new RangeError(
      `Cannot convert by valueOf(): it needs at most ${limit} levels of nesting, found more. ` +
        "Check whether the object contains itself.",
    );
  }
  depth++;
  try {
    return python.withGil(() => container(object));
  } finally {
    depth--;
  }
}

/** The items of an iterable. */
export function toArray(object: Reference): Dynamic[] {
  return Array.from(object, valueOfGiven);
}

/** The items of an iterable, each once. */
export function toSet(object: Reference): Set<Dynamic> {
  return new Set(toArray(object));
}

/** The entries of a dict. */
export function toMap(dict: Reference): Map<Dynamic, Dynamic> {
  const map = new Map<Dynamic, Dynamic>();
  using view = dict.method("items") as Reference;
  using items = builtins.method("list", view) as Reference;
  for (const pair of items) {
    using entry = pair as Reference;
    map.set(valueOfGiven(entry.item(0)), valueOfGiven(entry.item(1)));
  }
  return map;
}
