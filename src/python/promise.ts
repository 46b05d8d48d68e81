/** JS promises as Python awaitables. */
import { callMethod } from "./call.ts";
import { errorToPython } from "./error.ts";
import { isRunning, withGil } from "./gil.ts";
import { callHelper } from "./helper.ts";
import { c } from "./library.ts";
import { addressOf, unscoped } from "./ref.ts";
import { type Convertible, newRef } from "./to_python.ts";
import { wrapNew } from "./wrap.ts";

/** A new reference to the Python object of a promise; see bridge/promise.py. With the GIL held. */
export function promiseToPython(promise: Promise<Convertible>): bigint {
  const address = callHelper("Promise");
  const settled = unscoped(() => wrapNew(newRef(address)));
  const settle = (method: "resolve" | "reject", value: Convertible) =>
    c.Py_DecRef(callMethod(addressOf(settled), method, [value]));
  const reject = (error: unknown) => {
    using exception = unscoped(() => wrapNew(errorToPython(error)));
    settle("reject", exception);
  };
  promise.then((value) => () => settle("resolve", value))
    .catch((error) => () => reject(error))
    .then((settle) => isRunning() && withGil(settle))
    .catch((error) => withGil(() => reject(error))) // the value cannot be converted
    .finally(() => settled[Symbol.dispose]());
  return address;
}
