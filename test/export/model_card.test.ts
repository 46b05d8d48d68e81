import { expect } from "expect";
import { scores as scoresSection } from "../../src/export/model_card/card.ts";
import { featuresTable, scoresTable } from "../../src/export/model_card/scores.ts";
import { usage } from "../../src/export/model_card/usage.ts";
import { chooseNetwork } from "../../src/export/subject.ts";
import type { Measurement } from "../../src/results/measurement.ts";
import { noisySummary, oneSeed, scores, seeds, summary } from "../report/fixture.ts";

const plain = (text: string) => text.replaceAll(/ +/g, " ");

Deno.test("scores of another point are not those of the network", () => {
  const chosen = chooseNetwork(noisySummary, { at: { noise: "50", k: "400" } });
  const rows = plain(scoresTable(noisySummary, chosen));
  // Npre at the same noise, Ncf at the same noise and K: 58 - 0.24 * 50, and 58 - 5 + 1.5 - 0.11 * 50.
  expect(rows).toMatch(/top-1 \| 48\.4 \| 49\.0 ± 0\.6 \| 46\.0 ± 0\.6 \| 49\.0 ± 0\.6 \| 1\.9/);
});

Deno.test("the card says which test pictures were trained on as far as it was counted, and nothing else", () => {
  const chosen = chooseNetwork(oneSeed, { at: {} });
  const [first, ...others] = oneSeed.targets;
  const targets = [{ ...first!, title: "A_b", test: 80, seen: 80 }, ...others];
  const card = (subject: typeof chosen, of = targets) =>
    scoresSection({ summary: { ...oneSeed, targets: of }, subject });
  expect(card(chosen)).toContain(
    "on test rows. A\\_b: 80 of the 80 test pictures were trained on, without their labels.\n\n|",
  );
  expect(card(chosen, oneSeed.targets)).toMatch(/on test rows\.\n\n\|/);
  const foreign = { ...chosen, arm: { ...chosen.arm, task: null } };
  expect(card(foreign)).toContain("trained on before the run is not known here.");
  expect(card(foreign)).not.toContain("80 of the 80");
});

Deno.test("one seed has no spread and no column of all seeds", () => {
  const rows = scoresTable(oneSeed, chooseNetwork(oneSeed, { at: {} }));
  expect(rows).not.toContain("±");
  expect(rows).not.toContain("seed");
});

Deno.test("measures without labels have a table of their own", () => {
  const whose = {
    part: "train",
    layer: "res5",
    budget: null,
    probe: "none",
    baseline: null,
  } as const;
  const measured = scores(40, 2).map((value, at): Measurement => ({
    ...{ ...whose, converged: null, evaluations: null, metric: "effective-rank", value },
    ...{ arm: "ncf", at: { k: 1500 }, seed: seeds[at]!, target: null },
  }));
  const some = { ...summary, measurements: [...summary.measurements, ...measured] };
  const chosen = chooseNetwork(some, { at: {} });
  expect(plain(featuresTable(some, chosen))).toContain("| Effective rank | | | 40.0 ± 2.0 |");
  expect(featuresTable(summary, chosen)).toBe("");
});

Deno.test("a network of torchvision is called with the arguments that it was made by", () => {
  const text = usage({
    formats: ["safetensors"],
    library: { loaders: ["torchvision"], arguments: { image_size: 32, aux_logits: false } },
    exported: {
      card: { arch: "torchvision:vit_b_16?size=32", width: null, heads: {}, snippet: "" },
      network: { [Symbol.dispose]() {} },
      ...{ features: 768, outputs: 11 },
      reading: {
        ...{ size: 32, resize: 40, interpolation: "bicubic" },
        ...{ mean: [0.1, 0.2, 0.3], std: [0.4, 0.5, 0.6] },
      },
    },
  });
  expect(text).toContain(
    'get_model("vit_b_16", num_classes=11, image_size=32, aux_logits=False).eval()',
  );
  expect(text).toContain("v2.Resize(40, v2.InterpolationMode.BICUBIC),\n    v2.CenterCrop(32),");
  expect(text).toContain("v2.Normalize([0.1, 0.2, 0.3], [0.4, 0.5, 0.6]),");
  expect(text).not.toContain("onnxruntime");
});
