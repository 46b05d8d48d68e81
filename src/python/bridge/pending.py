"""Jobs and awaitables, which run while the event loop goes on. JS knows each by its id."""

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
        """Stops using the memory of JS at once, and ends soon."""
        ...


_pending: dict[int, Pending] = {}
_notify: Callable[[int], None]


def open_pending(notify: int) -> None:
    """From here on JS can be notified of ends, by this C function."""
    global _notify
    _notify = ctypes.CFUNCTYPE(None, ctypes.c_uint64)(notify)  # releases the GIL while JS runs


def close_pending() -> None:
    """From here on JS is not notified, and its memory is not used: it is about to be freed."""
    global _notify
    _notify = _nobody
    for pending in list(_pending.values()):
        pending.abandon()


def _nobody(_ident: int) -> None:
    pass


def begin(ident: int, pending: Pending) -> None:
    """Keeps it until JS has fetched its outcome."""
    _pending[ident] = pending


def notify_end(ident: int) -> None:
    """Notifies JS that it has ended, and waits until JS has handled that."""
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
