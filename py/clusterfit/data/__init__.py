"""Rows, where their pixels come from, and how a network reads them.

A source is one file here, and one line in SOURCES.
"""

from collections.abc import Callable

from torch import Tensor

from ..registry import find
from .augmentation import Augmentation
from .batch import Batch
from .packed import Packed
from .source import Crop, Draws, Source
from .view import Preprocessing, View

__all__ = [
    "SOURCES",
    "Augmentation",
    "Batch",
    "Crop",
    "Draws",
    "Packed",
    "Preprocessing",
    "Source",
    "View",
    "make",
]

SOURCES: dict[str, Callable[..., Source]] = {
    "packed": Packed,
}


def make(name: str, **given: Tensor | str | int | None) -> Source:
    """Make the source of that name, of what its class is made of.

    Raises:
        InputError: there is no such source, or it cannot be made of that.
    """
    return find(SOURCES, "source", name)(**given)
