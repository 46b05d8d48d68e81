/** The work through `clusterfit/python`. */
import { kw, type PyObject, python } from "clusterfit/python";
import { floatCount, gigabyte, randomFloats, shape, type Side, type Work } from "./rows.ts";

/** Python has to be running. */
export function ours(): Side {
  const fixture = python.import("fixture");
  const named = (name: string) => fixture.attr(name) as PyObject;
  return {
    // loops of their own, as at the floor: a shared one would be compiled for all of them at once
    call() {
      const add = named("add");
      return (times) => {
        let total = 0;
        for (let i = 0; i < times; i++) total += add.call(1, 2) as number;
        expect(total, 3 * times);
      };
    },
    attribute() {
      const point = named("point");
      return (times) => {
        let total = 0;
        for (let i = 0; i < times; i++) total += point.attr("x") as number;
        expect(total, 5 * times);
      };
    },
    kwargs() {
      const add3 = named("add3");
      return (times) => {
        let total = 0;
        for (let i = 0; i < times; i++) total += add3.call(1, kw({ b: 2, c: 3 })) as number;
        expect(total, 6 * times);
      };
    },
    callback() {
      const callBack = named("call_back");
      const sum = (a: number, b: number) => a + b;
      return (times) => {
        let total = 0;
        for (let i = 0; i < times; i++) total += callBack.call(sum) as number;
        expect(total, 3 * times);
      };
    },
    floatsToPython() {
      const len = python.builtins.attr("len") as PyObject;
      const floats = randomFloats();
      return repeat(() => len.call(floats) === floatCount);
    },
    floatsFromPython() {
      const list = python.builtins.method("list", randomFloats()) as PyObject;
      return repeat(() => (list.toJs() as number[]).length === floatCount);
    },
    arrayToPython() {
      const array = new Float32Array(shape[0] * shape[1]);
      return repeat(() => {
        using made = python.array(array, { shape });
        return made.length === shape[0];
      });
    },
    arrayFromPython() {
      const ndarray = python.import("numpy").method("ones", shape, "float32") as PyObject;
      return repeat(() => {
        using view = ndarray.view();
        return view.data[0] === 1;
      });
    },
    tensorView() {
      const tensor = python.import("torch").method("ones", gigabyte) as PyObject;
      return repeat(() => {
        using view = tensor.view();
        return view.data[gigabyte - 1] === 1;
      });
    },
    job() {
      const nothing = named("nothing");
      return async (times) => {
        for (let i = 0; i < times; i++) await python.job(nothing, []);
      };
    },
  };
}

/** Checks the answers that were added up. */
export function expect(found: number, wanted: number): void {
  if (found !== wanted) throw new Error(`the answers add up to ${found} instead of ${wanted}`);
}

/** Throws where the answer is wrong once. */
function repeat(once: () => boolean): Work {
  return (times) => {
    let right = 0;
    for (let i = 0; i < times; i++) if (once()) right++;
    if (right !== times) throw new Error(`${times - right} of ${times} answers were wrong`);
  };
}
