/** Python errors that nobody can catch. */
import { toError } from "./error.ts";
import { withGil } from "./gil.ts";
import { callHelper } from "./helper.ts";
import { c } from "./library.ts";
import { addressOf } from "./ref.ts";
import { share } from "./to_python.ts";
import type { PyObject } from "./types.ts";

/** Gets a PythonError, or the JS error that a JS function threw, and the place it came from. */
export type UnraisableHandler = (error: unknown, where: string) => void;

/** Has errors of finalizers and of threads told to `handler`, or printed by Python. */
export function reportUnraisable(handler: UnraisableHandler | null): void {
  const report = handler && ((exception: PyObject, where: string) => {
    try {
      handler(toError(share(addressOf(exception))), where);
    } catch (error) {
      reportError(error); // an uncaught error, as in any event handler
    }
  });
  withGil(() => c.Py_DecRef(callHelper("report_to", report)));
}
