/** Loops over Python iterables. */
import { check } from "./check.ts";
import { enter, isRunning, leave, withGil } from "./gil.ts";
import { callHelper } from "./helper.ts";
import { c } from "./library.ts";
import { addressOf, type Ref, unscoped } from "./ref.ts";
import { wrapNew } from "./wrap.ts";

/**
 * The items of `iter(iterable)`: `wrap` steals a new reference to each. Leaving the loop early
 * closes a generator, as in JS.
 */
export function* iterate<Item extends NonNullable<unknown> | null>(
  iterable: Ref,
  wrap: (address: bigint) => Item,
): Generator<Item, void, undefined> {
  using iterator = unscoped(() =>
    withGil(() => wrapNew(check(c.PyObject_GetIter(addressOf(iterable)))))
  );
  let open = true;
  try {
    while (true) {
      open = false; // an error or the end closes it
      const item = nextOf(iterator, wrap);
      if (item === undefined) return;
      open = true;
      yield item;
    }
  } finally {
    if (open && isRunning()) withGil(() => c.Py_DecRef(callHelper("close_generator", iterator)));
  }
}

function nextOf<Item>(iterator: Ref, wrap: (address: bigint) => Item): Item | undefined {
  enter();
  try {
    const item = c.PyIter_Next(addressOf(iterator));
    if (item === 0n && c.PyErr_Occurred() === 0n) return undefined;
    return wrap(check(item));
  } finally {
    leave();
  }
}
