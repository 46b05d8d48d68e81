/** Python errors that nobody can catch. */
import { toError } from "./error.ts";
import { withGil } from "./gil.ts";
import { callHelper } from "./helper.ts";
import { c } from "./library.ts";
import { addressOf } from "./ref.ts";
import { newRef } from "./to_python.ts";
import type { PyObject } from "./types.ts";

/** Gets a PythonError, or the JS error that a JS function threw, and where it was raised. */
export type UnraisableHandler = (error: unknown, where: string) => void;

/** Passes errors of finalizers and of threads to `handler`; with null, Python prints them. */
export function reportUnraisable(handler: UnraisableHandler | null): void {
  const report = handler && ((exception: PyObject, where: string) => {
    try {
      handler(toError(newRef(addressOf(exception))), where);
    } catch (error) {
      reportError(error); // an uncaught error, as in any event handler
    }
  });
  withGil(() => c.Py_DecRef(callHelper("report_to", report)));
}
