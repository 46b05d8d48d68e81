"""The square that is cut out of all frames of a video: how large it is, and where it lies.

Shape suffix: B videos.
"""

import torch

from ..errors import InputError
from .source import Draws
from .view import View

MARGIN = 8 / 7
"""The shorter side of a frame, resized, over the side that is cut out: the paper's 128 over 112."""

Corner = tuple[float, float]
"""Top and left of a square, as shares of where it may lie."""


def shorter_side(view: View, size: int) -> int:
    """Return what the shorter side of a frame is resized to before `size` x `size` is cut out.

    Raises:
        InputError: the view's own preprocessing resizes it to less.
    """
    if view.preprocessing is None:
        return round(MARGIN * size)
    resize = view.preprocessing.resize
    if size > resize:
        raise InputError(
            f"Cannot cut {size} x {size} pixels out of videos: it needs a shorter side resized to "
            f"at least that, found {resize}. Give a larger resize, or a smaller size."
        )
    return resize


def draw_corners(count: int, draws: Draws | None) -> list[Corner | None]:
    """Return where to cut that many videos, by `draws("crop")`; without draws None, the centre."""
    if draws is None:
        return [None] * count
    shares_B2 = torch.rand(count, 2, generator=draws("crop"), dtype=torch.float64)
    shares: list[list[float]] = shares_B2.numpy().tolist()
    return [(top, left) for top, left in shares]


def place(shape: tuple[int, int], size: int, corner: Corner | None) -> tuple[int, int]:
    """Return the top and left pixel of a square in a frame of that height and width.

    Each pixel that it may begin at is as likely as another. The centre is rounded as torchvision's
    CenterCrop does.
    """
    down, across = (edge - size for edge in shape)
    if corner is None:
        return round(down / 2), round(across / 2)
    return int(corner[0] * (down + 1)), int(corner[1] * (across + 1))
