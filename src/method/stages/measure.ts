/** Stage: one frozen network on one target: a probe of each output asked for (paper, section 3.1, Figure 4). */
import { z } from "zod";
import { labelsFile, readLabels } from "../../data/labels.ts";
import { partsFile, readParts, rowsOf } from "../../data/parts.ts";
import { type Split, splits } from "../../data/split.ts";
import type { LabelledFeatures } from "../../engine/engine.ts";
import { loadNetwork } from "../../models/network.ts";
import { writeCard } from "../../pipeline/card.ts";
import { UserError } from "../../pipeline/errors.ts";
import { defineStage } from "../../pipeline/stage.ts";
import { scoreSchema } from "../../results/measurement.ts";
import { extracted } from "../extraction.ts";
import { fitProbe, fitSchema } from "../fit_probe.ts";
import type { EvaluationConfig } from "../placement.ts";
import type { ProbeConfig } from "../probe_config.ts";
import type { Services } from "../services.ts";
import { openSource } from "../source.ts";

export type MeasureConfig = EvaluationConfig & ProbeConfig & {
  readonly metric: string;
  readonly outputs: readonly {
    readonly layer: string;
    /** Numbers that the layer is pooled to at most; null: global average. */
    readonly budget: number | null;
  }[];
};

export const scoresFile = "scores.json";

export const scoresSchema = z.object({
  metric: z.string(),
  classes: z.int(),
  /** Rows of each part. */
  train: z.int(),
  validation: z.int(),
  test: z.int(),
  /** On the test rows, one for each output. */
  scores: z.array(scoreSchema.and(fitSchema)),
});

export type Scores = z.infer<typeof scoresSchema>;

export const measure = defineStage<
  MeasureConfig,
  {
    readonly network: "network";
    readonly data: "dataset";
    readonly labels: "labels";
    readonly parts: "parts";
  },
  "scores",
  Services
>({
  name: "measure",
  version: 1,
  inputs: { network: "network", data: "dataset", labels: "labels", parts: "parts" },
  output: "scores",
  async run(context) {
    const { config, inputs, dir, services: { engine }, signal, progress } = context;
    const { outputs, metric } = config;
    const { view, batchSize, device, precision, threads, versions } = config;
    const placement = { view, batchSize, device, precision, threads, versions };
    using open = new DisposableStack();
    const network = open.use(await loadNetwork(engine, inputs.network));
    const { source } = open.use(await openSource(engine, inputs.data));
    const labels = open.use(await engine.tensors.load(inputs.labels.file(labelsFile)));
    const parts = open.use(await engine.tensors.load(inputs.parts.file(partsFile)));
    const part = engine.tensors.toArray(parts.get("part"));
    const { classes } = await readLabels(inputs.labels);
    const total = splits.length + outputs.length;
    let done = 0;
    const step = () => progress({ done: ++done, total, unit: "steps" });

    const wanted = Object.fromEntries(outputs.map((output, at) => [String(at), output]));
    const extractPart = async (split: Split): Promise<(output: number) => LabelledFeatures> => {
      const rows = rowsOf(split, part);
      const own = open.use(engine.tensors.take(labels.get("labels"), rows));
      const features = open.use(
        await extracted(context, split, { network, source, outputs: wanted, rows, placement }),
      );
      step();
      return (output) => ({ features: features.get(String(output)), labels: own });
    };
    const train = await extractPart("train");
    const validation = await extractPart("validation");
    const test = await extractPart("test");
    const [known, asked] = [train(0).labels, test(0).labels];
    const baseline = await engine.metrics.baseline(metric, known, asked, classes);
    checkScore(baseline, metric);
    const scores: Scores["scores"] = [];
    for (const [at, { layer, budget }] of outputs.entries()) {
      const fit = await fitProbe(
        engine,
        { train: train(at), validation: validation(at), test: test(at) },
        { ...config, classes, folder: dir },
        { signal },
      );
      checkScore(fit.value, metric);
      scores.push({ part: "test", layer, budget, probe: config.probe, metric, baseline, ...fit });
      step();
    }
    const result: Scores = { metric, classes, ...await readParts(inputs.parts), scores };
    return [await writeCard(dir, scoresFile, result)];
  },
});

/** Throws a UserError unless a metric gave what a metric is to give: no other value is written down. */
function checkScore(value: unknown, metric: string): void {
  if (typeof value === "number" && value >= 0 && value <= 100) return;
  throw new UserError(
    `Cannot measure by ${metric}: it needs a score from 0 to 100, percent, found ${value}. ` +
      "Mend the metric in py/clusterfit/metrics.",
  );
}
