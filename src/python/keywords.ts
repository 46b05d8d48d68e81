/** The arguments of a call, keyword arguments included. */
import type { Convertible } from "./to_python.ts";

/**
 * Values by their names.
 *
 * @internal
 */
type Named = { readonly [name: string]: Convertible };

/** Keyword arguments of a call: made by `kw`, given last. */
export class Keywords<out Values = Named, out Names = PropertyKey> {
  /** Types only: a typed call refuses names that it does not know. */
  declare readonly names: Names;

  /** Made by {@linkcode kw}. */
  constructor(readonly values: Values) {}
}

/** Marks an object as the keyword arguments of a call: `f.call(1, kw({ axis: 0 }))`. */
export function kw<const Values extends Named>(values: Values): Keywords<Values, keyof Values> {
  return new Keywords(values);
}

/** Arguments of a call; a last `kw({...})` holds its keyword arguments. */
export type Arguments = readonly (Convertible | Keywords)[];
