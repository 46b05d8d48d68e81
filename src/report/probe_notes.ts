/** What a reader has to know of probes that are not logistic regressions: their names, and what was chosen. */
import type { Measurement } from "../results/measurement.ts";

/** By their names in `py/clusterfit/probes`. */
const titles: Readonly<Record<string, string>> = {
  sgd: "Probes by SGD",
  svm: "Linear SVMs",
};

/** `Probes by SGD: learning rate 0.03 to 0.3, chosen on validation rows.` for each kind of probe that has
 * something to say. */
export function probeNotes(measurements: readonly Measurement[]): string[] {
  const told = measurements.flatMap(({ probe, chosen }) =>
    probe && chosen ? [{ probe, chosen }] : []
  );
  return [...Map.groupBy(told, ({ probe }) => probe)].map(([probe, fits]) => {
    const { name, by } = fits[0]!.chosen;
    const values = fits.flatMap(({ chosen }) => chosen.values);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const range = least === most
      ? numberText(least)
      : `${numberText(least)} to ${numberText(most)}`;
    return `${titles[probe] ?? `Probes ${probe}`}: ${name} ${range}, chosen ${by}.`;
  });
}

/** To two digits: costs are powers of two. */
const numberText = (value: number) => String(Number(value.toPrecision(2)));
