/** Python packages that only some runs need. Set-up installs them when they are first asked for, from lock files. */
import { UserError } from "../pipeline/errors.ts";

/** Name of Python packages that only some runs need. */
export type Extra =
  | "efficientnet"
  | "timm"
  | "transformers"
  | "onnx"
  | "av"
  | "arrow"
  | "tensorboard";

/** All of them. */
export const extras: readonly Extra[] = [
  "efficientnet",
  "timm",
  "transformers",
  "onnx",
  "av",
  "arrow",
  "tensorboard",
];

/** Installs what is not there yet, with progress. The tasks give it; rejects with a UserError. */
export type Install = (extras: readonly Extra[]) => Promise<void>;

/** The extras that a list names: `timm,onnx`. Throws a UserError where it names none. */
export function parseExtras(text: string): readonly Extra[] {
  return text.split(",").map((name) => {
    const extra = extras.find((known) => known === name.trim());
    if (extra !== undefined) return extra;
    throw new UserError(
      `Cannot install "${name}": it needs one of ${extras.join(", ")}. Give some of them.`,
    );
  });
}
