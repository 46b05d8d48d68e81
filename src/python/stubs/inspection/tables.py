"""Classes that have a name of their own in typed.ts."""

from __future__ import annotations

import collections
import collections.abc
import contextlib
import numbers
import typing
from typing import Any

SCALARS: dict[Any, str] = {
    int: "number",
    float: "number",
    bool: "boolean",
    str: "string",
    bytes: "bytes",
    type(None): "null",
    numbers.Number: "number",
    numbers.Complex: "number",
    numbers.Real: "number",
    numbers.Rational: "number",
    numbers.Integral: "number",
    typing.SupportsInt: "number",
    typing.SupportsFloat: "number",
    typing.SupportsIndex: "number",
}


_FIRST, _BOTH, _LAST = slice(0, 1), slice(0, 2), slice(2, 3)


GENERICS: dict[Any, tuple[str, slice]] = {
    list: ("List", _FIRST),
    collections.abc.MutableSequence: ("List", _FIRST),
    dict: ("Dict", _BOTH),
    collections.OrderedDict: ("Dict", _BOTH),
    collections.defaultdict: ("Dict", _BOTH),
    set: ("Set", _FIRST),
    frozenset: ("FrozenSet", _FIRST),
    collections.abc.Sequence: ("Sequence", _FIRST),
    collections.abc.Mapping: ("Mapping", _BOTH),
    collections.abc.MutableMapping: ("Mapping", _BOTH),
    collections.abc.Set: ("AbstractSet", _FIRST),
    collections.abc.MutableSet: ("AbstractSet", _FIRST),
    collections.abc.KeysView: ("AbstractSet", _FIRST),
    collections.abc.Collection: ("Collection", _FIRST),
    collections.abc.ValuesView: ("Collection", _FIRST),
    collections.abc.Container: ("Collection", _FIRST),
    collections.abc.Reversible: ("Iterable", _FIRST),
    collections.abc.Iterable: ("Iterable", _FIRST),
    collections.abc.Iterator: ("Iterator", _FIRST),
    collections.abc.Generator: ("Iterator", _FIRST),
    collections.abc.AsyncIterable: ("AsyncIterable", _FIRST),
    collections.abc.AsyncIterator: ("AsyncIterator", _FIRST),
    collections.abc.AsyncGenerator: ("AsyncIterator", _FIRST),
    collections.abc.Awaitable: ("Awaitable", _FIRST),
    collections.abc.Coroutine: ("Awaitable", _LAST),
    contextlib.AbstractContextManager: ("ContextManager", _FIRST),
    contextlib.AbstractAsyncContextManager: ("AsyncContextManager", _FIRST),
}


ARRAYS = {"numpy.ndarray": "NDArray", "torch.Tensor": "Tensor"}


DTYPES = frozenset(
    [
        "bool",
        *(f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)),
        *("float16", "bfloat16", "float32", "float64"),
    ]
)
