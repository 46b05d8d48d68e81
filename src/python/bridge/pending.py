"""What runs in Python while the event loop of JS goes on. JS knows each by a number."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any, Protocol


class Pending(Protocol):
    """Something that ends with a value or with an error."""

    value: Any
    error: BaseException | None

    def cancel(self) -> None:
        """Asks it to end."""
        ...

    def abandon(self) -> None:
        """Leaves the memory of JS alone from here on, and ends soon."""
        ...


_pending: dict[int, Pending] = {}
_notify: Callable[[int], None]


def open_pending(notify: int) -> None:
    """From here on JS can be told about ends, by way of this C function."""
    global _notify
    _notify = ctypes.CFUNCTYPE(None, ctypes.c_uint64)(notify)  # releases the GIL while JS runs


def close_pending() -> None:
    """From here on JS is told nothing, and its memory is left alone: it is going away."""
    global _notify
    _notify = _nobody
    for pending in list(_pending.values()):
        pending.abandon()


def _nobody(_ident: int) -> None:
    pass


def begin(ident: int, pending: Pending) -> None:
    """Remembers it until JS has asked for its outcome."""
    _pending[ident] = pending


def tell_end(ident: int) -> None:
    """Tells JS that it has ended, and waits until JS has taken notice."""
    _notify(ident)


def cancel(ident: int) -> None:
    """Asks it to end, if it still runs."""
    pending = _pending.get(ident)
    if pending is not None:
        pending.cancel()


def outcome(ident: int) -> tuple[BaseException | None, Any]:
    """Error or value of what has ended."""
    pending = _pending.pop(ident)
    return pending.error, pending.value
