/**
 * The part of CPython's C API that the bridge uses, each row marked with who owns what.
 *
 * Addresses are `u64` (a BigInt): Deno's fast calls pass them without allocating a pointer object, and
 * they can be stored in argument arrays as they are.
 */

/** A new reference: the caller owns it and must release it. Or NULL with an exception set. */
const newReference = "u64";
/** A borrowed reference: something else owns it, and who keeps it must incref it. */
const borrowedReference = "u64";
/** An argument that the callee borrows (or increfs itself). */
const object = "u64";
/** An argument whose reference the callee steals, even when it fails. */
const stolenReference = "u64";
/** An address that is not a Python object. */
const address = "u64";
/** 0 when it worked, -1 with an exception set. */
const status = "i32";
/** 1 yes, 0 no, -1 with an exception set. */
const truth = "i32";
/** Py_ssize_t. */
const size = "i64";

export const symbols = {
  // interpreter, threads, memory of the process
  Py_IsInitialized: { parameters: [], result: "i32" },
  Py_SetProgramName: { parameters: [address], result: "void" },
  Py_InitializeEx: { parameters: ["i32"], result: "void" },
  Py_FinalizeEx: { parameters: [], result: "i32" },
  PyEval_SaveThread: { parameters: [], result: address },
  PyEval_RestoreThread: { parameters: [address], result: "void" },
  PyGILState_Ensure: { parameters: [], result: "i32" },
  dlopen: { parameters: ["buffer", "i32"], result: address },
  memcpy: { parameters: [address, address, size], result: "void" },
  copyInto: { name: "memcpy", parameters: ["buffer", address, size], result: "void" },

  // references
  Py_IncRef: { parameters: [object], result: "void" },
  Py_DecRef: { parameters: [stolenReference], result: "void" },

  // errors
  PyErr_Occurred: { parameters: [], result: borrowedReference },
  PyErr_ExceptionMatches: { parameters: [object], result: "i32" },
  PyErr_Clear: { parameters: [], result: "void" },
  PyErr_Fetch: { parameters: [address, address, address], result: "void" },
  PyErr_NormalizeException: { parameters: [address, address, address], result: "void" },
  PyErr_SetObject: { parameters: [object, object], result: "void" },
  PyException_SetTraceback: { parameters: [object, object], result: status },

  // code
  Py_CompileString: { parameters: ["buffer", "buffer", "i32"], result: newReference },
  PyEval_GetBuiltins: { parameters: [], result: borrowedReference },
  PyImport_ExecCodeModule: { parameters: ["buffer", object], result: newReference },
  PyModule_GetDict: { parameters: [object], result: borrowedReference },
  PyImport_Import: { parameters: [object], result: newReference },

  // objects
  PyType_IsSubtype: { parameters: [object, object], result: "i32" },
  PyObject_GetAttr: { parameters: [object, object], result: newReference },
  PyObject_SetAttr: { parameters: [object, object, object], result: status },
  PyObject_GetItem: { parameters: [object, object], result: newReference },
  PyObject_SetItem: { parameters: [object, object, object], result: status },
  PyObject_DelItem: { parameters: [object, object], result: status },
  PyObject_Size: { parameters: [object], result: size },
  PyObject_Hash: { parameters: [object], result: size },
  PyObject_RichCompareBool: { parameters: [object, object, "i32"], result: truth },
  PyObject_Str: { parameters: [object], result: newReference },
  PyObject_Repr: { parameters: [object], result: newReference },
  PyObject_IsInstance: { parameters: [object, object], result: truth },
  PySequence_Contains: { parameters: [object, object], result: truth },
  PySequence_List: { parameters: [object], result: newReference },
  PyObject_GetIter: { parameters: [object], result: newReference },
  PyObject_GetAIter: { parameters: [object], result: newReference },
  PyIter_Next: { parameters: [object], result: newReference },
  PyObject_Vectorcall: { parameters: [object, address, size, object], result: newReference },
  PyObject_VectorcallMethod: { parameters: [object, address, size, object], result: newReference },
  PyObject_CallOneArg: { parameters: [object, object], result: newReference },
  PyWeakref_NewRef: { parameters: [object, object], result: newReference },
  PyWeakref_GetObject: { parameters: [object], result: borrowedReference },
  PyCFunction_NewEx: { parameters: [address, object, object], result: newReference },

  // numbers
  PyBool_FromLong: { parameters: ["i32"], result: newReference },
  PyLong_FromDouble: { parameters: ["f64"], result: newReference },
  PyLong_FromString: { parameters: ["buffer", address, "i32"], result: newReference },
  PyLong_AsDouble: { parameters: [object], result: "f64" },
  PyNumber_ToBase: { parameters: [object, "i32"], result: newReference },
  PyFloat_FromDouble: { parameters: ["f64"], result: newReference },
  PyFloat_AsDouble: { parameters: [object], result: "f64" },

  // text and bytes
  PyUnicode_FromStringAndSize: { parameters: [address, size], result: newReference },
  PyUnicode_DecodeUTF8: { parameters: ["buffer", size, address], result: newReference },
  PyUnicode_DecodeUTF16: { parameters: ["buffer", size, "buffer", address], result: newReference },
  PyUnicode_InternInPlace: { parameters: [address], result: "void" },
  PyUnicode_AsUTF8AndSize: { parameters: [object, address], result: "pointer" },
  PyUnicode_AsEncodedString: { parameters: [object, "buffer", "buffer"], result: newReference },
  PyBytes_FromStringAndSize: { parameters: ["buffer", size], result: newReference },
  PyBytes_AsString: { parameters: [object], result: address },
  PyBytes_Size: { parameters: [object], result: size },

  // containers
  PyList_New: { parameters: [size], result: newReference },
  PyList_Size: { parameters: [object], result: size },
  PyList_GetItem: { parameters: [object, size], result: borrowedReference },
  PyList_Append: { parameters: [object, object], result: status },
  PyTuple_New: { parameters: [size], result: newReference },
  PyTuple_Size: { parameters: [object], result: size },
  PyTuple_GetItem: { parameters: [object, size], result: borrowedReference },
  PyTuple_SetItem: { parameters: [object, size, stolenReference], result: status },
  PyDict_New: { parameters: [], result: newReference },
  PyDict_GetItemWithError: { parameters: [object, object], result: borrowedReference },
  PyDict_SetItem: { parameters: [object, object, object], result: status },
  PyDict_Keys: { parameters: [object], result: newReference },
  PyDict_Items: { parameters: [object], result: newReference },
  PySet_New: { parameters: [object], result: newReference },
  PySet_Add: { parameters: [object, object], result: status },

  // memory
  PyObject_GetBuffer: { parameters: [object, "buffer", "i32"], result: status },
  PyBuffer_Release: { parameters: ["buffer"], result: "void" },
  PyBuffer_IsContiguous: { parameters: ["buffer", "i32"], result: "i32" },
  PyMemoryView_FromMemory: { parameters: [address, size, "i32"], result: newReference },
} as const satisfies Deno.ForeignLibraryInterface;

/** The C library once it is open. */
export type CApi = Deno.DynamicLibrary<typeof symbols>["symbols"];

const { PyObject_Vectorcall: _vectorcall, PyObject_CallOneArg: _callOneArg, ...common } = symbols;

/** CPython 3.10 has two functions in its headers only; library_3_10.ts makes them of these. */
export const symbolsOf310 = {
  ...common,
  PyObject_Call: { parameters: [object, object, object], result: newReference },
  PyObject_VectorcallDict: { parameters: [object, address, size, object], result: newReference },
} as const satisfies Deno.ForeignLibraryInterface;
