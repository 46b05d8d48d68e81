"""The registry of JS values that Python keeps alive: Python's side of it."""

from __future__ import annotations

_released: list[int] = []
_count: memoryview | None = None


def open_registry(memory: memoryview) -> None:
    """From here on `memory` counts the released values: JS reads it without calling Python."""
    global _count
    _count = memory.cast("i")


def close_registry() -> None:
    """From here on the memory of JS is not written: it is about to be freed."""
    global _count
    _count = None


def take_released() -> list[int]:
    """Ids of the values released since the last call."""
    ids = _released.copy()
    del _released[: len(ids)]
    return ids


def _release(ident: int) -> None:
    if _count is not None:
        _released.append(ident)
        _count[0] = (_count[0] + 1) & 0x7FFFFFFF


class JsHandle:
    """A handle to one JS value, which stays alive until this object is freed."""

    __slots__ = ("_release", "ident")

    def __init__(self, ident: int) -> None:
        self.ident = ident
        self._release = _release  # globals may be gone when the interpreter ends

    def __del__(self) -> None:
        self._release(self.ident)
