/**
 * The types of Python modules, from their annotations.
 *
 * Made by this command; change the Python and run it again, instead of editing this:
 *
 *     deno task stubs every_kind --out test/python/stubs/every_kind.ts
 */
// deno-lint-ignore-file
import type { py } from "clusterfit/python";

// --- every_kind

export type Mode = "fast" | "slow" | 3 | true | null;

export type Pair = py.Tuple<[number, string]>;

export type UserId = number;

export type Handler = py.Callable<{ only: [string, Base]; returns: number | null }>;

/**
 * A base.
 *
 * With more.
 */
export interface Base extends py.Instance<"every_kind.Base"> {
  kind: string;
  size: number;
  count: number;
  /** Grow it. */
  grow: py.Callable<{ order: ["by"]; params: { by?: number }; returns: Base }>;
  /** Its area. */
  readonly area: number;
  width: number;
  /** Computed once. */
  heavy: py.List<number>;
}

export interface Derived extends py.Instance<"every_kind.Derived", { bases: "every_kind.Base" }> {
  grow: py.Callable<
    { order: ["by", "again"]; params: { by?: number; again?: boolean }; returns: Derived }
  >;
  only_here: py.Callable<{ returns: null }>;
  kind: string;
  size: number;
  count: number;
  /** Its area. */
  readonly area: number;
  width: number;
  /** Computed once. */
  heavy: py.List<number>;
}

export interface Foreign
  extends py.Instance<"every_kind.Foreign", { bases: "Exception" | "BaseException"; open: true }> {
}

export interface Collection extends
  py.Instance<
    "every_kind.Collection",
    {
      bases: "Iterable" | "Callable";
      call: { order: ["x"]; params: { x: number; y?: string }; returns: number };
      each: string;
      get: [number, string];
    }
  > {
}

export interface Opened extends py.Instance<"every_kind.Opened", { enters: Opened }> {
}

export interface Connected
  extends
    py.Instance<"every_kind.Connected", { bases: "AsyncIterable"; each: string; enters: number }> {
}

export interface Abstract extends py.Instance<"every_kind.Abstract"> {
  work: py.Callable<{ returns: null }>;
}

export interface Closable extends py.Protocol {
  close: py.Callable<{ returns: null }>;
}

export interface Callback
  extends py.Callable<{ order: ["x"]; params: { x: number }; returns: null }> {
}

export interface Point extends py.Instance<"every_kind.Point"> {
  x: number;
  y: number;
  tags: py.List<string>;
  unit: string;
}

/** Cannot change. */
export interface Frozen extends py.Instance<"every_kind.Frozen"> {
  readonly point: Point;
}

export interface Size
  extends
    py.NamedTuple<"every_kind.Size", [number, number], "Sequence" | "Collection" | "Iterable"> {
  readonly width: number;
  readonly height: number;
  /** Width times height. */
  area: py.Callable<{ returns: number }>;
}

/** All are needed. */
export type Options = py.TypedDict<{
  name: string;
  size: Size;
  parent: Options | null;
}>;

export type MoreOptions = py.TypedDict<{
  name: string;
  size: Size;
  parent: Options | null;
  colour?: Colour;
  depth?: number;
}>;

/** Primary. */
export interface Colour
  extends py.Enum<"every_kind.Colour", "RED" | "GREEN", number | string, { bases: "enum.Enum" }> {
  mix: py.Callable<{ order: ["other"]; params: { other: Colour }; returns: Colour }>;
}

export interface Level extends
  py.Enum<
    "every_kind.Level",
    "LOW" | "HIGH",
    number,
    { bases: "enum.IntEnum" | "int" | "enum.Enum"; js: number }
  > {
}

/** A module with every construct that stubs are made of. *\/ must not end the comment. */
export interface EveryKind extends py.Module<"every_kind"> {
  LIMIT: number;
  names: py.Tuple<string[]>;
  mixed: py.Tuple<[string, number]>;
  table: py.Dict<string, number>;
  tags: py.Set<null | number | string>;
  typed: py.Mapping<string, py.Sequence<number>>;
  /** One line. */
  scalars: py.Callable<
    {
      order: ["a", "b", "c", "d", "e", "f", "g"];
      params: {
        a: number;
        b: number;
        c: string;
        d: boolean;
        e: Uint8Array<ArrayBuffer>;
        f: null;
        g: py.External<"complex">;
      };
      returns: null;
    }
  >;
  /**
   * First line.
   *
   * Indented:
   *     by four, with a `quote` and *\/ in it.
   */
  defaults: py.Callable<
    {
      order: ["a", "b"];
      params: {
        a: number;
        b?: string;
        c?: number;
        d?: number | null;
        e?: py.External<"pathlib.Path", "pathlib.PurePath">;
      };
      returns: string;
    }
  >;
  positional_only: py.Callable<
    { only: [a: number, b?: string]; order: ["c"]; params: { c?: boolean }; returns: number }
  >;
  variadic: py.Callable<
    {
      order: ["first"];
      params: { first: string; key: string; [name: string]: unknown };
      rest: number;
      returns: py.List<number>;
    }
  >;
  keywords: py.Callable<{ params: { [name: string]: boolean }; returns: py.Dict<string, boolean> }>;
  untyped: py.Callable<
    {
      order: ["a", "b"];
      params: { a: unknown; b?: unknown; [name: string]: unknown };
      rest: unknown;
      returns: unknown;
    }
  >;
  anything: py.Callable<py.Anything>;
  containers: py.Callable<
    {
      order: ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m"];
      params: {
        a: py.List<number>;
        b: py.List<string>;
        c: py.Tuple<number[]>;
        d: py.Tuple<[number, string]>;
        e: py.Dict<number, string>;
        f: py.Dict<string, py.List<number>>;
        g: py.Set<string>;
        h: py.FrozenSet<number>;
        i: py.Sequence<py.Mapping<string, unknown>>;
        j: py.Iterable<py.AbstractSet<number>>;
        k: py.List<unknown>;
        l: py.Tuple<unknown[]>;
        m: py.Tuple<[]>;
      };
      returns: py.Dict<string, py.Tuple<[number, py.List<string>]>>;
    }
  >;
  unions: py.Callable<
    {
      order: ["a", "b", "c", "d"];
      params: {
        a: number | string | null;
        b: number | string | null;
        c: "fast" | "slow" | 3 | true | null;
        d: unknown;
      };
      returns: number | null;
    }
  >;
  either: py.Callable<
    {
      order: ["a"];
      params: { a: Base | Point | py.List<number> | null };
      returns: Base | Point | py.List<number>;
    }
  >;
  callables: py.Callable<
    {
      order: ["a", "b", "c", "d", "e"];
      params: {
        a: py.Callable<{ only: [number, string]; returns: number }>;
        b: py.Callable<py.Anything<null>>;
        c: py.Callable<py.Anything>;
        d: py.Callable<{ returns: py.Awaitable<number> }>;
        e: py.Callable<{ only: [string, Base]; returns: number | null }>;
      };
      returns: py.Callable<{ only: [number]; returns: number }>;
    }
  >;
  classes: py.Callable<
    {
      order: ["a", "b", "c", "d", "e", "f", "g"];
      params: {
        a: py.Class<Base>;
        b: py.External<"pathlib.Path", "pathlib.PurePath">;
        c: py.Tuple<[number, string]>;
        d: number;
        e: Point;
        f: Colour;
        g: Options;
      };
      returns: Base;
    }
  >;
  generic: py.Callable<
    {
      order: ["a", "b", "c", "d"];
      params: { a: unknown; b: py.List<unknown>; c: number | string; d: Base };
      returns: unknown;
    }
  >;
  unknown_names: py.Callable<
    { order: ["a", "b"]; params: { a: unknown; b: number }; returns: unknown }
  >;
  annotated: py.Callable<{ order: ["a", "b"]; params: { a: number; b: Colour }; returns: string }>;
  never: py.Callable<{ returns: never }>;
  counter: py.Callable<
    { order: ["start"]; params: { start: number }; returns: py.Iterator<number> }
  >;
  conversation: py.Callable<
    { order: ["start"]; params: { start: number }; returns: py.Iterator<string> }
  >;
  fetch: py.Callable<
    { order: ["url"]; params: { url: string }; returns: py.Awaitable<Uint8Array<ArrayBuffer>> }
  >;
  stream: py.Callable<
    { order: ["url"]; params: { url: string }; returns: py.AsyncIterator<Uint8Array<ArrayBuffer>> }
  >;
  opened: py.Callable<
    { order: ["path"]; params: { path: string }; returns: py.ContextManager<number> }
  >;
  connected: py.Callable<
    { order: ["host"]; params: { host: string }; returns: py.AsyncContextManager<string> }
  >;
  logged: py.Callable<
    {
      order: ["function"];
      params: { function: py.Callable<py.Anything> };
      returns: py.Callable<py.Anything>;
    }
  >;
  /** Keeps what it wraps. */
  wrapped: py.Callable<{ order: ["a"]; params: { a: number }; returns: string }>;
  cached: py.Callable<{ order: ["a"]; params: { a: number }; returns: string }>;
  /** The implementation speaks for all. */
  overloaded: py.Callable<
    { order: ["a"]; params: { a: number | string }; returns: number | string }
  >;
  shortened: py.Callable<
    {
      order: ["b", "c", "d", "e", "f"];
      params: {
        b: number;
        c: string;
        d: boolean;
        e: Uint8Array<ArrayBuffer>;
        f: null;
        g?: py.External<"complex">;
      };
      returns: null;
    }
  >;
  Base: py.Class<Base, { order: ["size"]; params: { size?: number } }> & {
    kind: string;
    count: number;
    make: py.Callable<{ order: ["size"]; params: { size: number }; returns: Base }>;
    parse: py.Callable<{ order: ["text"]; params: { text: string }; returns: Base }>;
  };
  Derived: py.Class<Derived, { order: ["size"]; params: { size?: number } }> & {
    kind: string;
    count: number;
    make: py.Callable<{ order: ["size"]; params: { size: number }; returns: Base }>;
    parse: py.Callable<{ order: ["text"]; params: { text: string }; returns: Base }>;
  };
  Foreign: py.Class<Foreign, { order: ["code"]; params: { code: number } }>;
  Collection: py.Class<Collection, {}>;
  Opened: py.Class<Opened, {}>;
  Connected: py.Class<Connected, {}>;
  Abstract: py.Class<Abstract, {}>;
  Closable: py.Class<Closable>;
  Callback: py.Class<Callback>;
  protocols: py.Callable<
    { order: ["a", "b"]; params: { a: Closable; b: Callback }; returns: Closable }
  >;
  internal: py.Callable<
    {
      order: ["a"];
      params: { a: py.External<"every_kind._Internal"> };
      returns: py.External<"every_kind._Internal">;
    }
  >;
  Point:
    & py.Class<
      Point,
      {
        order: ["x", "y", "tags", "unit"];
        params: { x: number; y?: number; tags?: py.List<string>; unit?: string };
      }
    >
    & {
      unit: string;
    };
  Frozen: py.Class<Frozen, { order: ["point"]; params: { point: Point } }>;
  Size: py.Class<Size, { order: ["width", "height"]; params: { width: number; height?: number } }>;
  Colour: py.Class<Colour, { only: [value: unknown] }> & {
    readonly RED: Colour;
    readonly GREEN: Colour;
  };
  Level: py.Class<Level, { only: [value: unknown] }> & {
    readonly LOW: Level;
    readonly HIGH: Level;
  };
}
