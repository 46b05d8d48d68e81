"""What every side of the bench calls."""

from collections.abc import Callable
from threading import get_ident
from typing import Any

ATTRIBUTE = "x"
KEYWORDS = ("b", "c")


class Point:
    """Has one attribute."""

    def __init__(self) -> None:
        self.x = 5


point = Point()


def add(a: int, b: int) -> int:
    """Add two."""
    return a + b


def add3(a: int, *, b: int, c: int) -> int:
    """Add three, two of them by name."""
    return a + b + c


def call_back(function: Callable[[int, int], int]) -> int:
    """Call once."""
    return function(1, 2)


def guarded(function: Callable[..., int]) -> Callable[..., int]:
    """Refuse other threads: a C function that enters JS would wait there for ever, with the GIL."""
    thread = get_ident()

    def call(*args: Any, **kwargs: Any) -> int:
        if get_ident() != thread:
            raise RuntimeError("called on another thread")
        return function(*args, **kwargs)

    return call


def nothing() -> None:
    """Return at once."""


def address(name: str) -> int:
    """Return where a global of this module is."""
    return id(globals()[name])
