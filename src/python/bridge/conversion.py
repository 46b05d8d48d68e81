"""What conversion and iteration in JS need of Python."""

from __future__ import annotations

import marshal
import sys
import types
from typing import Any, Literal, cast


def plain_scalar(value: Any) -> Any:
    """The built-in value of an instance of a subclass, or of a numpy scalar; else the value."""
    # by the methods of the built-in type, which a subclass may override
    cls = cast("type[Any]", type(value))  # not __class__, which may differ
    if issubclass(cls, int):
        return int.__int__(value)
    if issubclass(cls, float):
        return float.__float__(value)
    if issubclass(cls, str):
        return str.__getnewargs__(value)[0]
    if issubclass(cls, bytes):
        return bytes.__getnewargs__(value)[0]
    numpy = sys.modules.get("numpy")
    if numpy is not None and isinstance(value, numpy.generic):
        return value.item()
    return value


def listed(memory: memoryview, code: Literal["d", "i"]) -> list[float] | list[int]:
    """The elements of a block of memory, of the type that `struct` gives this code."""
    return memory.cast(code).tolist()


def dumped(values: list[Any]) -> bytes | None:
    """The list in the format of `marshal`, or None where it holds what that cannot write."""
    try:
        return marshal.dumps(values, 4)
    except ValueError:
        return None


def close_generator(iterator: Any) -> None:
    """What leaving a loop early means for a generator in JS: it is closed."""
    if isinstance(iterator, types.GeneratorType):
        iterator.close()
