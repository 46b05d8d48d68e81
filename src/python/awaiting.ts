/** Python awaitables and async iterables, for JS to await. */
import { check } from "./check.ts";
import { isRunning, withGil } from "./gil.ts";
import { callHelper } from "./helper.ts";
import { c } from "./library.ts";
import { startPending } from "./pending.ts";
import { addressOf, type Ref, unscoped } from "./ref.ts";
import { borrowedToJs } from "./to_js.ts";
import type { Convertible } from "./to_python.ts";
import type { PyObject, Value } from "./types.ts";
import { wrapNew } from "./wrap.ts";

/** How to stop waiting. */
export interface PromiseOptions {
  /** Cancels the awaitable (`asyncio.CancelledError`); the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Awaits a Python awaitable on the bridge's asyncio loop; this keeps the process alive. */
export function promiseOf(
  awaitable: Convertible,
  { signal }: PromiseOptions = {},
): Promise<Value> {
  return startPending(
    (id) => withGil(() => c.Py_DecRef(callHelper("start_awaiting", id, awaitable))),
    { signal },
  );
}

/** The items of an async iterable. Leaving the loop early closes an async generator. */
export async function* iterateAsync(
  iterable: Ref,
): AsyncGenerator<Value, void, undefined> {
  using iterator = made(() => check(c.PyObject_GetAIter(addressOf(iterable))));
  let open = true;
  try {
    while (true) {
      open = false; // an error or the end closes it
      const item = await promiseOf(made(() => callHelper("next_of", iterator)));
      if (item === null) return;
      using box = item as PyObject;
      open = true;
      yield withGil(() => borrowedToJs(check(c.PyTuple_GetItem(addressOf(box), 0n))));
    }
  } finally {
    if (open && isRunning()) {
      await promiseOf(made(() => callHelper("close_async_generator", iterator)));
    }
  }
}

function made(make: () => bigint): PyObject {
  return withGil(() => unscoped(() => wrapNew(make())));
}
