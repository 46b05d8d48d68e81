/** `config.json` in timm's form: its `create_model("local-dir:<folder>", pretrained=True)` reads it. */
import { join } from "node:path";
import { writeFileAtomic } from "../pipeline/files.ts";
import type { Reading } from "./reading.ts";

export interface ModelFacts {
  /** As the library that loads it calls it. */
  readonly model: string;
  /** Numbers in its features. */
  readonly features: number;
  /** Outputs of its first head. */
  readonly outputs: number;
  readonly reading: Reading;
}

export async function writeModelConfig(dir: string, facts: ModelFacts): Promise<void> {
  const { model, features, outputs, reading: { size, resize, interpolation, mean, std } } = facts;
  const config = {
    architecture: model,
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
  };
  await writeFileAtomic(join(dir, "config.json"), `${JSON.stringify(config, null, 2)}\n`);
}

/** timm's crop_pct, from which it computes floor(size / crop_pct): a share that gives `resize` for certain. */
export function cropShare(size: number, resize: number): number {
  const share = size / resize;
  return Math.floor(size / share) === resize ? share : size / (resize + 0.5);
}
