/** py/clusterfit/probes.py: linear probes. */
import { importModule, job, object } from "./call.ts";
import type { Engine } from "./engine.ts";
import { unwrap } from "./handles.ts";

export async function probes(): Promise<Engine["probes"]> {
  using module = await importModule("probes");
  const logistic = object(module.attr("logistic"));
  return {
    async fit(train, evaluations, { cost, device, threads }, options) {
      const others = evaluations.map((rows) => [unwrap(rows.features), unwrap(rows.labels)]);
      const found = await job(
        logistic,
        [unwrap(train.features), unwrap(train.labels), others],
        { cost, device, threads },
        options,
      );
      using fitted = object(found);
      using correct = object(fitted.item("correct"));
      return {
        correct: Array.from(correct, Number),
        total: evaluations.map(({ labels }) => labels.shape[0] ?? 0),
        converged: fitted.item("converged") === true,
      };
    },
  };
}
