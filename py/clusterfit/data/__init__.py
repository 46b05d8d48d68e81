"""Rows, where their pixels come from, and how a network reads them.

A source is one file here, and one line below.
"""

from .augmentation import Augmentation
from .packed import Packed
from .source import Draws, Source
from .view import View

__all__ = ["Augmentation", "Draws", "Packed", "Source", "View"]
