/** Context managers: Python's `with` and `async with`. */
import { promiseOf } from "./awaiting.ts";
import { errorToPython } from "./error.ts";
import { withGil } from "./gil.ts";
import { callHelper } from "./helper.ts";
import { type Ref, unscoped } from "./ref.ts";
import { newToJs } from "./to_js.ts";
import type { PyObject, Value } from "./types.ts";
import { wrapNew } from "./wrap.ts";

/** Runs `body` inside the context; one that returns a promise is inside until that is settled. */
export function within(manager: Ref, body: (value: Value) => unknown): unknown {
  const value = withGil(() => newToJs(callHelper("enter", manager)));
  const failed = (error: unknown) => {
    if (!leave(manager, error)) throw error;
  };
  let result: unknown;
  try {
    result = body(value);
  } catch (error) {
    return failed(error);
  }
  if (result instanceof Promise) {
    return result.then((result) => {
      leave(manager);
      return result;
    }, failed);
  }
  leave(manager);
  return result;
}

/** Runs `body` inside the asynchronous context. */
export async function withinAsync<T>(
  manager: Ref,
  body: (value: Value) => T | Promise<T>,
): Promise<T | undefined> {
  const value = await promiseOf(made("enter_async", manager));
  let result: T;
  try {
    result = await body(value);
  } catch (error) {
    if (await leaveAsync(manager, error)) return undefined;
    throw error;
  }
  await leaveAsync(manager);
  return result;
}

function leave(manager: Ref, ...error: unknown[]): Value {
  using exception = exceptionOf(error);
  return withGil(() => newToJs(callHelper("leave", manager, exception)));
}

async function leaveAsync(manager: Ref, ...error: unknown[]): Promise<Value> {
  using exception = exceptionOf(error);
  return await promiseOf(made("leave_async", manager, exception));
}

function made(name: string, ...args: (Ref | undefined)[]): PyObject {
  return withGil(() => unscoped(() => wrapNew(callHelper(name, ...args))));
}

/** The exception for the error, given as a list of one or none: `undefined` can be thrown, too. */
function exceptionOf(error: unknown[]): PyObject | undefined {
  if (error.length === 0) return undefined;
  return withGil(() => unscoped(() => wrapNew(errorToPython(error[0]))));
}
