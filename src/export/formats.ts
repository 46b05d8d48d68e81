/** What a network is exported as. */
import { join } from "node:path";
import type { Engine, Network } from "../engine/engine.ts";
import { writeFileAtomic } from "../pipeline/files.ts";
import { UserError } from "../pipeline/errors.ts";
import type { NetworkCard } from "../models/network.ts";
import type { Library } from "./library.ts";

export const formats = ["safetensors", "onnx", "torch-export"] as const;
export type Format = (typeof formats)[number];

/** As timm and the Hub look for it. */
export const weightsFile = "model.safetensors";
const scriptFile = "load.py";

/** Which formats a list names: `safetensors,onnx`. Throws a UserError where it names none. */
export function parseFormats(text: string): readonly Format[] {
  const named = new Set(text.split(",").map((name) => name.trim()));
  const unknown = [...named].find((name) => !formats.some((known) => known === name));
  if (unknown === undefined) return formats.filter((format) => named.has(format));
  throw new UserError(
    `Cannot export as "${unknown}": it needs some of ${formats.join(", ")}. Correct --formats.`,
  );
}

/** Something that can be exported, and how it is built and computed. */
export interface Exportable {
  readonly network: Network;
  readonly card: NetworkCard;
  readonly library: Library;
  /** Side of its images in pixels. */
  readonly size: number;
  readonly threads: number;
}

/** Writes the files of one format into `dir`. Rejects with an EngineError where they do not answer as the network
 * does. */
export const writeFormat: Readonly<
  Record<
    Format,
    (engine: Pick<Engine, "export">, dir: string, exported: Exportable) => Promise<void>
  >
> = {
  async safetensors(engine, dir, { network, card: { arch, width }, library }) {
    await engine.export.weights(network, join(dir, weightsFile));
    if (!library.loaders.includes("script")) return;
    const script = engine.export.script({ arch, width, weights: weightsFile });
    await writeFileAtomic(join(dir, scriptFile), script);
  },
  onnx: (engine, dir, { network, ...options }) =>
    engine.export.onnx(network, join(dir, "model.onnx"), options),
  "torch-export": (engine, dir, { network, ...options }) =>
    engine.export.program(network, join(dir, "model.pt2"), options),
};
