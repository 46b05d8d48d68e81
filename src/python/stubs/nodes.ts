/** What inspection.py says of modules: plain data. */

export interface ModuleNode {
  readonly name: string;
  readonly doc: string | null;
  readonly members: readonly Attribute[];
  readonly declarations: readonly Declaration[];
}

export interface Attribute {
  readonly name: string;
  readonly doc: string | null;
  readonly type: TypeNode;
  readonly readonly: boolean;
}

/** A type with a name of its own. `id` is its qualified name in Python. */
export type Declaration =
  & { readonly name: string; readonly id: string; readonly doc: string | null }
  & (
    | { readonly kind: "alias"; readonly type: TypeNode }
    | { readonly kind: "typed_dict"; readonly fields: readonly Field[] }
    | EnumNode
    | ClassNode
  );

export interface EnumNode {
  readonly kind: "enum";
  readonly bases: readonly string[];
  readonly keys: readonly string[];
  readonly values: TypeNode;
  /** What `toJs()` gives for a member, where that is not the member itself. */
  readonly plain: TypeNode | null;
  readonly members: readonly Attribute[];
}

export interface ClassNode {
  readonly kind: "class" | "protocol";
  /** The public bases, and what else it can pass for. */
  readonly bases: readonly string[];
  /** Whether there are attributes that are not listed. */
  readonly open: boolean;
  readonly members: readonly Attribute[];
  readonly call: SignatureNode | null;
  readonly each: TypeNode | null;
  readonly enters: TypeNode | null;
  readonly get: readonly [key: TypeNode, value: TypeNode] | null;
  /** The fields of a NamedTuple. */
  readonly tuple: readonly TypeNode[] | null;
}

export interface Field {
  readonly name: string;
  readonly type: TypeNode;
  readonly required: boolean;
}

export interface Parameter {
  readonly name: string;
  readonly type: TypeNode;
  readonly optional: boolean;
}

export interface SignatureNode {
  /** Positional-only parameters. */
  readonly only: readonly Parameter[];
  readonly named: readonly (Parameter & { readonly positional: boolean })[];
  /** Of `*args`. */
  readonly rest: TypeNode | null;
  /** Of `**kwargs`. */
  readonly more: TypeNode | null;
  readonly returns: TypeNode;
}

export type TypeNode =
  | { readonly kind: "unknown" | "never" }
  | {
    readonly kind: "scalar";
    readonly name: "number" | "string" | "boolean" | "null" | "bytes";
  }
  | { readonly kind: "literal"; readonly value: string | number | boolean }
  | { readonly kind: "union" | "tuple"; readonly of: readonly TypeNode[] }
  /** `tuple[T, ...]` */
  | { readonly kind: "many"; readonly of: TypeNode }
  /** A type of typed.ts. */
  | { readonly kind: "generic"; readonly name: string; readonly of: readonly TypeNode[] }
  | { readonly kind: "array"; readonly name: "NDArray" | "Tensor"; readonly dtype: string | null }
  | { readonly kind: "callable"; readonly signature: SignatureNode | null }
  /** A class itself. */
  | {
    readonly kind: "class";
    readonly of: TypeNode;
    readonly signature: SignatureNode | null;
    readonly members: readonly Attribute[];
  }
  | {
    readonly kind: "instance";
    readonly id: string;
    readonly bases: readonly string[];
    readonly protocol: boolean;
    /** Of a TypedDict. */
    readonly fields?: readonly Field[];
  }
  | { readonly kind: "alias"; readonly id: string; readonly type: TypeNode };
