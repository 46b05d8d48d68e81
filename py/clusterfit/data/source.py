"""Where the pixels of rows come from."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from torch import Generator, Tensor

from .view import View

Draws = Callable[[str], Generator]
"""A new generator for each named purpose: the same one each time it is asked for."""


class Crop(NamedTuple):
    """A region of each image that is drawn anew at every step and resized to the view.

    scale: least and largest share of the image's area.
    ratio: least and largest width over height.
    anywhere: where no such region fits into an image, the largest one that has such a ratio lies
        anywhere, not in the centre. With scale and ratio 1 that is the largest square, anywhere.
    """

    scale: tuple[float, float]
    ratio: tuple[float, float]
    anywhere: bool = False


class Source(Protocol):
    """Rows of images, read a batch at a time."""

    @property
    def rows(self) -> int:
        """How many rows there are."""
        ...

    def batch(
        self, rows_B: Tensor, view: View, draws: Draws | None, crop: Crop | None = None
    ) -> Tensor:
        """Return the uint8 images of int64 rows, on the device of `rows_B`.

        Of V clips they are (B * V) x H x W x 3, the clips of a row one after the other; with
        frames (B * V) x F x H x W x 3. What the source chooses at random for training (the place
        of a clip in a video) it draws from `draws`; without draws it always chooses the same.
        With `crop` the regions are drawn from `draws("crop")`, the same for every view of a row;
        without, the centre is cut out, or the whole is taken. Augmentation comes later.

        Raises:
            InputError: the source cannot make such a view.
        """
        ...
