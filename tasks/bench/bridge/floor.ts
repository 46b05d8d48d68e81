/**
 * The floor: the shortest sequence of FFI calls, written by hand, that does the work of a row safely
 * (the GIL taken and given back, values converted, results checked, references given back). In the
 * process where `clusterfit/python` runs, on symbols of its own.
 */
import { python } from "clusterfit/python";
import { expect } from "./ours.ts";
import type { Side } from "./rows.ts";

const symbols = {
  PyGILState_Ensure: { parameters: [], result: "i32" },
  PyGILState_Release: { parameters: ["i32"], result: "void" },
  Py_DecRef: { parameters: ["u64"], result: "void" },
  PyLong_FromDouble: { parameters: ["f64"], result: "u64" },
  PyLong_AsDouble: { parameters: ["u64"], result: "f64" },
  PyErr_Occurred: { parameters: [], result: "u64" },
  PyObject_GetAttr: { parameters: ["u64", "u64"], result: "u64" },
  PyObject_Vectorcall: { parameters: ["u64", "u64", "u64", "u64"], result: "u64" },
  PyCFunction_NewEx: { parameters: ["u64", "u64", "u64"], result: "u64" },
  memcpy: { parameters: ["u64", "u64", "u64"], result: "void" },
} as const satisfies Deno.ForeignLibraryInterface;

const kept: unknown[] = [];

/** Python has to be running. What it makes stays for the life of the process. */
export function floor(): Side {
  const c = Deno.dlopen(python.info.libpython, symbols).symbols;
  const [call, callee] = [block(4), block(4)];
  const fixture = python.import("fixture");
  const address = (name: string) => BigInt(fixture.method("address", name) as number);
  const [add, add3, callBack] = [address("add"), address("add3"), address("call_back")];
  const [point, attribute, keywords] = [
    address("point"),
    address("ATTRIBUTE"),
    address("KEYWORDS"),
  ];

  const read = (result: bigint): number => {
    if (result === 0n) throw new Error("the call failed");
    const value = c.PyLong_AsDouble(result);
    if (value === -1 && c.PyErr_Occurred() !== 0n) throw new Error("the result is not an int");
    c.Py_DecRef(result);
    return value;
  };

  const sum = new Deno.UnsafeCallback(
    { parameters: ["u64", "u64", "i64"], result: "u64" } as const,
    (_self, given, count) => {
      if (count !== 2n) return 0n;
      c.memcpy(callee.address, given, 16n);
      const a = c.PyLong_AsDouble(callee.words[0]!);
      const b = c.PyLong_AsDouble(callee.words[1]!);
      if ((a === -1 || b === -1) && c.PyErr_Occurred() !== 0n) return 0n;
      return c.PyLong_FromDouble(a + b);
    },
  );
  const definition = block(4); // PyMethodDef: name, function, flags, documentation
  const name = block(1);
  name.words[0] = BigInt("f".charCodeAt(0));
  definition.words.set([name.address, Deno.UnsafePointer.value(sum.pointer), 0x80n, 0n]);
  kept.push(sum, definition, name, call, callee);
  const guarded = address("guarded");
  const gil = c.PyGILState_Ensure();
  call.words[0] = c.PyCFunction_NewEx(definition.address, 0n, 0n);
  const callable = c.PyObject_Vectorcall(guarded, call.address, 1n, 0n);
  c.PyGILState_Release(gil);

  return {
    call: () => (times) => {
      let total = 0;
      for (let i = 0; i < times; i++) {
        const gil = c.PyGILState_Ensure();
        const a = c.PyLong_FromDouble(1);
        const b = c.PyLong_FromDouble(2);
        call.words[0] = a;
        call.words[1] = b;
        total += read(c.PyObject_Vectorcall(add, call.address, 2n, 0n));
        c.Py_DecRef(a);
        c.Py_DecRef(b);
        c.PyGILState_Release(gil);
      }
      expect(total, 3 * times);
    },
    attribute: () => (times) => {
      let total = 0;
      for (let i = 0; i < times; i++) {
        const gil = c.PyGILState_Ensure();
        total += read(c.PyObject_GetAttr(point, attribute));
        c.PyGILState_Release(gil);
      }
      expect(total, 5 * times);
    },
    kwargs: () => (times) => {
      let total = 0;
      for (let i = 0; i < times; i++) {
        const gil = c.PyGILState_Ensure();
        const a = c.PyLong_FromDouble(1);
        const b = c.PyLong_FromDouble(2);
        const d = c.PyLong_FromDouble(3);
        call.words[0] = a;
        call.words[1] = b;
        call.words[2] = d;
        total += read(c.PyObject_Vectorcall(add3, call.address, 1n, keywords));
        c.Py_DecRef(a);
        c.Py_DecRef(b);
        c.Py_DecRef(d);
        c.PyGILState_Release(gil);
      }
      expect(total, 6 * times);
    },
    callback: () => (times) => {
      let total = 0;
      for (let i = 0; i < times; i++) {
        const gil = c.PyGILState_Ensure();
        call.words[0] = callable;
        total += read(c.PyObject_Vectorcall(callBack, call.address, 1n, 0n));
        c.PyGILState_Release(gil);
      }
      expect(total, 3 * times);
    },
  };
}

/** Memory at an address that stays. */
function block(length: number) {
  const words = new BigUint64Array(new ArrayBuffer(8 * length));
  return { words, address: Deno.UnsafePointer.value(Deno.UnsafePointer.of(words)) };
}
