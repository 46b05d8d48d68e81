/** Functions that CPython 3.10 has as macros or inline functions only, made of exported ones. */
import { type CApi, symbolsOf310 } from "./symbols.ts";

/** Opens the library of CPython 3.10. */
export function openOf310(libpython: string): CApi {
  const c = Deno.dlopen(libpython, symbolsOf310).symbols;

  /** A new dict of the keyword arguments whose values lie at `values`, or 0 with an exception set. */
  function keywords(names: bigint, values: bigint): bigint {
    const dict = c.PyDict_New();
    if (dict === 0n) return 0n;
    const words = new BigUint64Array(new ArrayBuffer(8 * Number(c.PyTuple_Size(names))));
    c.copyInto(words, values, BigInt(words.byteLength));
    for (const [index, value] of words.entries()) {
      if (c.PyDict_SetItem(dict, c.PyTuple_GetItem(names, BigInt(index)), value) < 0) {
        c.Py_DecRef(dict);
        return 0n;
      }
    }
    return dict;
  }

  return {
    ...c,
    PyObject_Vectorcall(callable, args, count, names) {
      if (names === 0n) return c.PyObject_VectorcallDict(callable, args, count, 0n);
      const dict = keywords(names, args + count * 8n);
      if (dict === 0n) return 0n;
      const result = c.PyObject_VectorcallDict(callable, args, count, dict);
      c.Py_DecRef(dict);
      return result;
    },
    PyObject_CallOneArg(callable, arg) {
      const tuple = c.PyTuple_New(1n);
      if (tuple === 0n) return 0n;
      c.Py_IncRef(arg);
      c.PyTuple_SetItem(tuple, 0n, arg);
      const result = c.PyObject_Call(callable, tuple, 0n);
      c.Py_DecRef(tuple);
      return result;
    },
  };
}
