/** `config.json` in timm's form: its `create_model("local-dir:<folder>", pretrained=True)` reads it. */
import { join } from "node:path";
import { writeFileAtomic } from "../pipeline/files.ts";
import type { Exportable } from "./exportable.ts";
import { type Library, modelOf } from "./library.ts";

export async function writeModelConfig(
  dir: string,
  { card, features, outputs, reading }: Pick<
    Exportable,
    "card" | "features" | "outputs" | "reading"
  >,
  library: Library,
): Promise<void> {
  const { size, resize, interpolation, mean, std } = reading;
  const config = {
    architecture: modelOf(card.arch),
    num_classes: outputs,
    num_features: features,
    pretrained_cfg: {
      tag: "clusterfit",
      num_classes: outputs,
      input_size: [3, size, size],
      fixed_input_size: false,
      crop_pct: cropShare(size, resize),
      crop_mode: "center",
      interpolation,
      mean,
      std,
    },
    ...(Object.keys(library.arguments).length > 0 && { model_args: library.arguments }),
  };
  await writeFileAtomic(join(dir, "config.json"), `${JSON.stringify(config, null, 2)}\n`);
}

/** timm's crop_pct, from which it computes floor(size / crop_pct): a share that gives `resize` for certain. */
export function cropShare(size: number, resize: number): number {
  const share = size / resize;
  return Math.floor(size / share) === resize ? share : size / (resize + 0.5);
}
