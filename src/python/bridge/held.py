"""JS values that Python keeps alive."""

from __future__ import annotations

_released: list[int] = []
_counter: memoryview | None = None


def open_mailbox(memory: memoryview) -> None:
    """From here on `memory` counts the values given back: JS looks there without calling Python."""
    global _counter
    _counter = memory.cast("i")


def close_mailbox() -> None:
    """From here on JS is left alone: its memory is going away."""
    global _counter
    _counter = None


def collect_mail() -> list[int]:
    """Ids of the values given back since the last time."""
    ids = _released.copy()
    del _released[: len(ids)]
    return ids


def _give_back(ident: int) -> None:
    if _counter is not None:
        _released.append(ident)
        _counter[0] = (_counter[0] + 1) & 0x7FFFFFFF


class Held:
    """One JS value, kept alive until this object dies."""

    __slots__ = ("_give_back", "ident")

    def __init__(self, ident: int) -> None:
        self.ident = ident
        self._give_back = _give_back  # globals may be gone when the interpreter ends

    def __del__(self) -> None:
        self._give_back(self.ident)
