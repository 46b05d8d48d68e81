/** Types of zod under names of our own, for the signatures that programs of others see. */
import type { z } from "zod";

/**
 * What checks a value and fills in defaults.
 *
 * @internal
 */
export type Schema<Value = unknown, Given = unknown> = z.ZodType<Value, Given>;

/**
 * Takes one value or several, gives several.
 *
 * @internal
 */
export type AxisSchema<T extends Schema> = z.ZodType<
  z.output<T>[],
  z.input<T> | readonly z.input<T>[] | undefined
>;

/**
 * Schemas by the keys of a config.
 *
 * @internal
 */
export type Keys = z.ZodRawShape;

/**
 * A config of exactly these keys.
 *
 * @internal
 */
export type ObjectSchema<Shape extends Keys> = z.ZodObject<
  { -readonly [Key in keyof Shape]: Shape[Key] },
  z.core.$strict
>;
