/** The work through `clusterfit/python`. */
import { kw, type PyObject, python } from "clusterfit/python";
import { floatCount, gigabyte, shape, type Side } from "./rows.ts";

/** Python has to be running. */
export function ours(): Side {
  const fixture = python.import("fixture");
  const named = (name: string) => fixture.attr(name) as PyObject;
  const [add, add3, callBack, nothing, point] = [
    named("add"),
    named("add3"),
    named("call_back"),
    named("nothing"),
    named("point"),
  ];
  const sum = (a: number, b: number) => a + b;
  const floats = Array.from({ length: floatCount }, () => Math.random());
  const len = python.builtins.attr("len") as PyObject;
  const list = python.builtins.method("list", floats) as PyObject;
  const array = new Float32Array(shape[0] * shape[1]);
  const ndarray = python.import("numpy").method("ones", shape, "float32") as PyObject;
  const tensor = python.import("torch").method("ones", gigabyte) as PyObject;
  return {
    // loops of their own, as at the floor: a shared one would be compiled for all of them at once
    call(times) {
      let total = 0;
      for (let i = 0; i < times; i++) total += add.call(1, 2) as number;
      expect(total, 3 * times);
    },
    attribute(times) {
      let total = 0;
      for (let i = 0; i < times; i++) total += point.attr("x") as number;
      expect(total, 5 * times);
    },
    kwargs(times) {
      let total = 0;
      for (let i = 0; i < times; i++) total += add3.call(1, kw({ b: 2, c: 3 })) as number;
      expect(total, 6 * times);
    },
    callback(times) {
      let total = 0;
      for (let i = 0; i < times; i++) total += callBack.call(sum) as number;
      expect(total, 3 * times);
    },
    floatsToPython: (times) => repeat(times, () => len.call(floats) === floatCount),
    floatsFromPython: (times) =>
      repeat(times, () => (list.toJs() as number[]).length === floatCount),
    arrayToPython: (times) =>
      repeat(times, () => {
        using made = python.array(array, { shape });
        return made.length === shape[0];
      }),
    arrayFromPython: (times) =>
      repeat(times, () => {
        using view = ndarray.view();
        return view.data[0] === 1;
      }),
    tensorView: (times) =>
      repeat(times, () => {
        using view = tensor.view();
        return view.data[gigabyte - 1] === 1;
      }),
    async job(times) {
      for (let i = 0; i < times; i++) await python.job(nothing, []);
    },
  };
}

/** Checks the answers that were added up. */
export function expect(found: number, wanted: number): void {
  if (found !== wanted) throw new Error(`the answers add up to ${found} instead of ${wanted}`);
}

/** Throws where the answer is wrong once. */
function repeat(times: number, once: () => boolean): void {
  let right = 0;
  for (let i = 0; i < times; i++) if (once()) right++;
  if (right !== times) throw new Error(`${times - right} of ${times} answers were wrong`);
}
