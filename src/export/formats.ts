/** What a network is exported as. */
import { UserError } from "../pipeline/errors.ts";

/** A form in which other programs load a network. */
export type Format = "safetensors" | "onnx" | "torch-export";

export const formats: readonly Format[] = ["safetensors", "onnx", "torch-export"];

/** Which formats a list names: `safetensors,onnx`. Throws a UserError where it names something else. */
export function parseFormats(text: string): readonly Format[] {
  const named = new Set(text.split(",").map((name) => name.trim()));
  const unknown = [...named].find((name) => !formats.some((known) => known === name));
  if (unknown === undefined) return formats.filter((format) => named.has(format));
  throw new UserError(
    `Cannot export as "${unknown}": it needs some of ${formats.join(", ")}. Correct --formats.`,
  );
}
