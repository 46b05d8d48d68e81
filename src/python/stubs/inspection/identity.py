"""What classes are called, and what they can pass for."""

from __future__ import annotations

import abc
import collections.abc
import enum
import sys
import typing
from typing import Any


def qualified_name(cls: type) -> str:
    """The name that a class is known by: where it really is (`pathlib._local`) is private."""
    module = [part for part in cls.__module__.split(".") if not part.startswith("_")]
    return ".".join([*(module if module != ["builtins"] else []), cls.__qualname__])


def bases_of(cls: type) -> list[str]:
    """The public bases of a class, and what else it can pass for."""
    bases = [base for base in cls.__mro__[1:] if base not in SILENT and _is_public(base)]
    duties = [name for name, duty in _DUTIES.items() if issubclass(cls, duty)]
    return list(dict.fromkeys([*map(qualified_name, bases), *duties]))


def _is_public(cls: type) -> bool:
    """Whether a class is found under the name that it is known by."""
    name = qualified_name(cls)
    home, _, last = name.rpartition(".")
    known = getattr(sys.modules.get(home or "builtins"), last, None)
    return known is cls and not last.startswith("_")


def is_typed_dict(cls: Any) -> bool:
    """Whether a class is a TypedDict."""
    return hasattr(cls, "__required_keys__")


def is_protocol(cls: Any) -> bool:
    """Whether a class is a Protocol itself, and does not only implement one."""
    return bool(cls.__dict__.get("_is_protocol", False))


SILENT = (
    *(object, abc.ABC, typing.Generic, typing.Protocol, tuple),
    getattr(enum, "ReprEnum", object),  # since Python 3.11
)

_DUTIES: dict[str, Any] = {
    "Sequence": collections.abc.Sequence,
    "Mapping": collections.abc.Mapping,
    "Set": collections.abc.Set,
    "Collection": collections.abc.Collection,
    "Iterator": collections.abc.Iterator,
    "Iterable": collections.abc.Iterable,
    "AsyncIterator": collections.abc.AsyncIterator,
    "AsyncIterable": collections.abc.AsyncIterable,
    "Awaitable": collections.abc.Awaitable,
    "Callable": collections.abc.Callable,
}
