"""Where the pixels of rows come from."""

from collections.abc import Callable
from typing import Protocol

from torch import Generator, Tensor

from .view import View

Draws = Callable[[str], Generator]
"""A new generator for each named purpose: the same one each time it is asked for."""


class Source(Protocol):
    """Rows of images, read a batch at a time."""

    @property
    def rows(self) -> int:
        """How many rows there are."""
        ...

    def batch(self, rows_B: Tensor, view: View, draws: Draws | None) -> Tensor:
        """Return the uint8 images of int64 rows, on the device of `rows_B`.

        Of V clips they are (B * V) x H x W x 3, the clips of a row one after the other; with
        frames (B * V) x F x H x W x 3. What the source chooses at random for training (the place
        of a clip in a video) it draws from `draws`; without draws it always chooses the same.
        Augmentation comes later.

        Raises:
            InputError: the source cannot make such a view.
        """
        ...
