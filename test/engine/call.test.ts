import { expect } from "expect";
import { type PyObject, python } from "clusterfit/python";
import { job } from "../../src/engine/call.ts";
import { EngineError, startEngine } from "../../src/engine/mod.ts";

await startEngine();
using namespace = python.builtins.method("dict") as PyObject;
python.builtins.method(
  "exec",
  `
import types
from clusterfit.errors import InputError

def report(progress):
    progress(3, 4, 0.5, 0.25, 7)

def refuse():
    raise InputError("Cannot do this: it needs that, found nothing.")

def many():
    return {"a": [1, 2], "b": None}

module = types.SimpleNamespace(report=report, refuse=refuse, many=many)
`,
  namespace,
);
const module = namespace.item("module") as PyObject<never>;
/** Without the types that py/ declares for its own modules. */
const run = job as unknown as (
  target: PyObject<never>,
  name: string,
  args: readonly unknown[],
  options?: object,
  metrics?: readonly string[],
) => Promise<unknown>;

Deno.test("the numbers of a job's progress are named in the order of its metrics", async () => {
  const told: unknown[] = [];
  const onProgress = (...numbers: unknown[]) => void told.push(numbers);
  await run(module, "report", [], { onProgress }, ["loss", "accuracy"]);
  expect(told).toEqual([[3, 4, { loss: 0.5, accuracy: 0.25 }]]);
});

Deno.test("a job whose call tells fewer numbers than it has metrics tells those", async () => {
  const told: unknown[] = [];
  const onProgress = (...numbers: unknown[]) => void told.push(numbers);
  await run(module, "report", [], { onProgress }, ["a", "b", "c", "d"]);
  expect(told).toEqual([[3, 4, { a: 0.5, b: 0.25, c: 7 }]]);
});

Deno.test("a job's result comes as JS values", async () => {
  expect(await run(module, "many", [])).toEqual({ a: [1, 2], b: null });
});

Deno.test("what py/ refuses is an EngineError of its kind", async () => {
  const refused = run(module, "refuse", []);
  await expect(refused).rejects.toThrow(EngineError);
  await expect(refused).rejects.toMatchObject({ kind: "InputError" });
});
