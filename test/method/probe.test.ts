import { expect } from "expect";
import { probe } from "../../src/method/probe.ts";
import type { Engine, LabelledFeatures, Tensor } from "../../src/engine/engine.ts";

const tensor = (): Tensor => ({ shape: [10], dtype: "float32", [Symbol.dispose]() {} });
const set = (): LabelledFeatures => ({ features: tensor(), labels: tensor() });
const parts = { train: set(), validation: set(), test: set() };
const options = {
  ...{ probe: "some probe", metric: "some metric", classes: 4, device: "some device", threads: 3 },
};

/** Answers with the given values of validation and test per cost; keeps what it was asked. A fit takes 10
 * evaluations, and 251 where it is said not to converge. */
function engineWith(
  values: Readonly<Record<number, readonly [validation: number, test: number]>>,
  notConverged: readonly number[] = [],
) {
  const asked: Parameters<Engine["probes"]["sweep"]>[] = [];
  const probes: Pick<Engine["probes"], "sweep"> = {
    sweep(...given) {
      asked.push(given);
      return Promise.resolve(given[4].costs.map((cost) => ({
        values: values[cost] ?? [0, 0],
        evaluations: notConverged.includes(cost) ? 251 : 10,
        converged: !notConverged.includes(cost),
      })));
    },
  };
  return { asked, engine: { probes } };
}

Deno.test("probe() fits on train rows, measures on validation and on test rows, by ascending cost", async () => {
  const { engine, asked } = engineWith({});
  const job = { signal: new AbortController().signal };
  await probe(engine, parts, { ...options, costs: [10, 0.1, 1] }, job);
  const [[name, metric, train, evaluations, given, watched] = []] = asked;
  expect([name, metric]).toEqual(["some probe", "some metric"]);
  expect(train).toBe(parts.train);
  expect(evaluations?.[0]).toBe(parts.validation);
  expect(evaluations?.[1]).toBe(parts.test);
  expect(given).toEqual({ costs: [0.1, 1, 10], classes: 4, device: "some device", threads: 3 });
  expect(watched).toBe(job);
});

Deno.test("probe() chooses the cost on the validation rows, whatever the test rows would say", async () => {
  const { engine } = engineWith({ 0.1: [50, 90], 1: [80, 30], 10: [70, 100] });
  const fit = { evaluations: 10, converged: true };
  expect(await probe(engine, parts, { ...options, costs: [10, 0.1, 1] }, {})).toEqual({
    ...{ cost: 1, value: 30, ...fit },
    sweep: [
      { cost: 0.1, validation: 50, ...fit },
      { cost: 1, validation: 80, ...fit },
      { cost: 10, validation: 70, ...fit },
    ],
  });
});

Deno.test("probe() tells of each cost, and of the chosen one, whether its fit converged", async () => {
  const values = { 0.1: [50, 50], 1: [60, 60] } as const;
  const given = { ...options, costs: [0.1, 1] };
  const ofChosen = await probe(engineWith(values, [1]).engine, parts, given, {});
  expect(ofChosen).toMatchObject({ cost: 1, converged: false, evaluations: 251 });
  expect(ofChosen.sweep.map(({ converged }) => converged)).toEqual([true, false]);
  const ofOther = await probe(engineWith(values, [0.1]).engine, parts, given, {});
  expect(ofOther).toMatchObject({ cost: 1, converged: true, evaluations: 10 });
  expect(ofOther.sweep.map(({ converged }) => converged)).toEqual([false, true]);
});

Deno.test("probe() takes the most regularised of equals", async () => {
  const { engine } = engineWith({ 1: [60, 10], 2: [60, 20] });
  expect((await probe(engine, parts, { ...options, costs: [2, 1] }, {})).cost).toBe(1);
});
