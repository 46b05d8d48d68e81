/**
 * The types of Python modules, from their annotations.
 *
 * Made by this command; change the Python and run it again, instead of editing this:
 *
 *     deno task stubs modern --out test/python/stubs/modern.ts
 */
// deno-lint-ignore-file
import type { py } from "clusterfit/python";

// --- modern

export type Json = py.Dict<string, Json> | py.List<Json> | string | null;

export type Pair = py.Tuple<[unknown, unknown]>;

export interface Box extends py.Instance<"modern.Box"> {
  get: py.Callable<{ returns: unknown }>;
  same: py.Callable<{ returns: Box }>;
}

export type Options = py.TypedDict<{
  a: number;
  b?: string;
}>;

export type MoreOptions = py.TypedDict<{
  a: number;
  b?: string;
  c?: number;
}>;

/** What Python 3.11 and 3.12 brought. */
export interface Modern extends py.Module<"modern"> {
  Box: py.Class<Box, { order: ["value"]; params: { value: unknown } }> & {
    make: py.Callable<{ returns: Box }>;
  };
  first: py.Callable<
    {
      order: ["xs", "json", "pair"];
      params: { xs: py.List<number | string>; json: Json; pair: Pair };
      returns: number | string;
    }
  >;
  stop: py.Callable<{ order: ["why"]; params: { why: string }; returns: never }>;
}
