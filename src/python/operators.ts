/** Python's operators by their symbols. */

/**
 * Unary operators, with the names of their functions in Python's module `operator`.
 *
 * @internal
 */
export const unary = { "+": "pos", "-": "neg", "~": "invert" } as const;

/**
 * Binary operators, likewise.
 *
 * @internal
 */
export const binary = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "truediv",
  "//": "floordiv",
  "%": "mod",
  "**": "pow",
  "@": "matmul",
  "&": "and_",
  "|": "or_",
  "^": "xor",
  "<<": "lshift",
  ">>": "rshift",
  "<": "lt",
  "<=": "le",
  "==": "eq",
  "!=": "ne",
  ">": "gt",
  ">=": "ge",
  "+=": "iadd",
  "-=": "isub",
  "*=": "imul",
  "/=": "itruediv",
  "//=": "ifloordiv",
  "%=": "imod",
  "**=": "ipow",
  "@=": "imatmul",
  "&=": "iand",
  "|=": "ior",
  "^=": "ixor",
  "<<=": "ilshift",
  ">>=": "irshift",
} as const;

/** An operator before its operand. */
export type UnaryOperator = keyof typeof unary;

/** An operator between two operands. */
export type BinaryOperator = keyof typeof binary;
