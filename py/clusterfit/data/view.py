"""How a network reads a row."""

from typing import NamedTuple


class View(NamedTuple):
    """What a source makes of one row for one network.

    size: side of a square image in pixels, or None for the image as it is stored.
    clips: views of one row: their features are averaged, and training takes one.
    frames: of a clip, or None for stills.
    """

    size: int | None = None
    clips: int = 1
    frames: int | None = None
