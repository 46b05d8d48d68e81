/**
 * The part of CPython's C API that the bridge uses, each row marked with who owns what.
 *
 * Addresses cross as `u64` (a BigInt): Deno's fast calls carry them without allocating a pointer
 * object, and they can be stored in argument arrays as they are.
 */

/** A result that the caller owns and must release, or 0 with an exception set. */
const fresh = "u64";
/** A result owned by something else: to be kept it must be increfed. */
const borrowed = "u64";
/** An argument that the callee only looks at (or increfs itself). */
const object = "u64";
/** An argument whose reference the callee takes over, even when it fails. */
const steals = "u64";
/** An address that is not a Python object. */
const address = "u64";
/** 0 when it worked, -1 with an exception set. */
const status = "i32";
/** 1 yes, 0 no, -1 with an exception set. */
const truth = "i32";
/** Py_ssize_t. */
const size = "i64";

export const symbols = {
  // life
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
  Py_DecRef: { parameters: [steals], result: "void" },

  // errors
  PyErr_Occurred: { parameters: [], result: borrowed },
  PyErr_ExceptionMatches: { parameters: [object], result: "i32" },
  PyErr_Clear: { parameters: [], result: "void" },
  PyErr_Fetch: { parameters: [address, address, address], result: "void" },
  PyErr_NormalizeException: { parameters: [address, address, address], result: "void" },
  PyErr_SetObject: { parameters: [object, object], result: "void" },
  PyException_SetTraceback: { parameters: [object, object], result: status },

  // code
  Py_CompileString: { parameters: ["buffer", "buffer", "i32"], result: fresh },
  PyEval_GetBuiltins: { parameters: [], result: borrowed },
  PyImport_ExecCodeModule: { parameters: ["buffer", object], result: fresh },
  PyModule_GetDict: { parameters: [object], result: borrowed },
  PyImport_Import: { parameters: [object], result: fresh },

  // objects
  PyType_IsSubtype: { parameters: [object, object], result: "i32" },
  PyObject_GetAttr: { parameters: [object, object], result: fresh },
  PyObject_SetAttr: { parameters: [object, object, object], result: status },
  PyObject_GetItem: { parameters: [object, object], result: fresh },
  PyObject_SetItem: { parameters: [object, object, object], result: status },
  PyObject_DelItem: { parameters: [object, object], result: status },
  PyObject_Size: { parameters: [object], result: size },
  PyObject_Hash: { parameters: [object], result: size },
  PyObject_RichCompareBool: { parameters: [object, object, "i32"], result: truth },
  PyObject_Str: { parameters: [object], result: fresh },
  PyObject_Repr: { parameters: [object], result: fresh },
  PyObject_IsInstance: { parameters: [object, object], result: truth },
  PySequence_Contains: { parameters: [object, object], result: truth },
  PySequence_List: { parameters: [object], result: fresh },
  PyObject_GetIter: { parameters: [object], result: fresh },
  PyObject_GetAIter: { parameters: [object], result: fresh },
  PyIter_Next: { parameters: [object], result: fresh },
  PyObject_Vectorcall: { parameters: [object, address, size, object], result: fresh },
  PyObject_VectorcallMethod: { parameters: [object, address, size, object], result: fresh },
  PyObject_CallOneArg: { parameters: [object, object], result: fresh },
  PyWeakref_NewRef: { parameters: [object, object], result: fresh },
  PyWeakref_GetObject: { parameters: [object], result: borrowed },
  PyCFunction_NewEx: { parameters: [address, object, object], result: fresh },

  // numbers
  PyBool_FromLong: { parameters: ["i32"], result: fresh },
  PyLong_FromDouble: { parameters: ["f64"], result: fresh },
  PyLong_FromString: { parameters: ["buffer", address, "i32"], result: fresh },
  PyLong_AsDouble: { parameters: [object], result: "f64" },
  PyNumber_ToBase: { parameters: [object, "i32"], result: fresh },
  PyFloat_FromDouble: { parameters: ["f64"], result: fresh },
  PyFloat_AsDouble: { parameters: [object], result: "f64" },

  // text and bytes
  PyUnicode_FromStringAndSize: { parameters: [address, size], result: fresh },
  PyUnicode_DecodeUTF8: { parameters: ["buffer", size, address], result: fresh },
  PyUnicode_DecodeUTF16: { parameters: ["buffer", size, "buffer", address], result: fresh },
  PyUnicode_InternInPlace: { parameters: [address], result: "void" },
  PyUnicode_AsUTF8AndSize: { parameters: [object, address], result: "pointer" },
  PyUnicode_AsEncodedString: { parameters: [object, "buffer", "buffer"], result: fresh },
  PyBytes_FromStringAndSize: { parameters: ["buffer", size], result: fresh },
  PyBytes_AsString: { parameters: [object], result: address },
  PyBytes_Size: { parameters: [object], result: size },

  // containers
  PyList_New: { parameters: [size], result: fresh },
  PyList_Size: { parameters: [object], result: size },
  PyList_GetItem: { parameters: [object, size], result: borrowed },
  PyList_Append: { parameters: [object, object], result: status },
  PyTuple_New: { parameters: [size], result: fresh },
  PyTuple_Size: { parameters: [object], result: size },
  PyTuple_GetItem: { parameters: [object, size], result: borrowed },
  PyTuple_SetItem: { parameters: [object, size, steals], result: status },
  PyDict_New: { parameters: [], result: fresh },
  PyDict_GetItemWithError: { parameters: [object, object], result: borrowed },
  PyDict_SetItem: { parameters: [object, object, object], result: status },
  PyDict_Keys: { parameters: [object], result: fresh },
  PyDict_Items: { parameters: [object], result: fresh },
  PySet_New: { parameters: [object], result: fresh },
  PySet_Add: { parameters: [object, object], result: status },

  // memory
  PyObject_GetBuffer: { parameters: [object, "buffer", "i32"], result: status },
  PyBuffer_Release: { parameters: ["buffer"], result: "void" },
  PyBuffer_IsContiguous: { parameters: ["buffer", "i32"], result: "i32" },
  PyMemoryView_FromMemory: { parameters: [address, size, "i32"], result: fresh },
} as const satisfies Deno.ForeignLibraryInterface;

/** The C library once it is open. */
export type CApi = Deno.DynamicLibrary<typeof symbols>["symbols"];

const { PyObject_Vectorcall: _vectorcall, PyObject_CallOneArg: _callOneArg, ...common } = symbols;

/** CPython 3.10 has two functions in its headers only; library_3_10.ts makes them of these. */
export const symbolsOf310 = {
  ...common,
  PyObject_Call: { parameters: [object, object, object], result: fresh },
  PyObject_VectorcallDict: { parameters: [object, address, size, object], result: fresh },
} as const satisfies Deno.ForeignLibraryInterface;
