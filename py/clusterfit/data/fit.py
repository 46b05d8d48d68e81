"""One image as a view shows it: resized by Pillow, cut to a square.

Pillow's filters widen with the scale (antialias) and round to 8 bits after each axis, which is what
the weights of torchvision and timm were evaluated with: for them the pixels are the same.
"""

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from ..errors import InputError
from .view import Interpolation, View

Pixels = NDArray[np.uint8]
"""H x W x 3."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in pixels of the image."""

FILTERS: dict[Interpolation, Image.Resampling] = {
    "bilinear": Image.Resampling.BILINEAR,
    "bicubic": Image.Resampling.BICUBIC,
    "lanczos": Image.Resampling.LANCZOS,
}

_LONGEST = 8
"""Longer sides over shorter ones up to which a whole image is resized before it is cut."""


def fit(pixels: Pixels, view: View, size: int) -> Pixels:
    """Resize the shorter side and cut the centre out, `size` x `size`.

    The shorter side becomes `view.preprocessing.resize`, or `size`. Sizes and edges are rounded as
    torchvision's Resize and CenterCrop do. Of an image that is over 8 times as long as it is wide
    only the centre is resized: the same up to rounding, and never more memory than that.
    """
    height, width = pixels.shape[:2]
    resize = view.preprocessing.resize if view.preprocessing else size
    new_height, new_width = resized_shape(height, width, resize)
    top, left = round((new_height - size) / 2), round((new_width - size) / 2)
    if max(new_height, new_width) > _LONGEST * resize:
        across, down = width / new_width, height / new_height
        box = (left * across, top * down, (left + size) * across, (top + size) * down)
        return cut(Image.fromarray(pixels), view, (size, size), box)
    resized = resize_to(pixels, (new_height, new_width), interpolation_of(view))
    return resized[top : top + size, left : left + size]


def resized_shape(height: int, width: int, shorter: int) -> tuple[int, int]:
    """Return the height and width of an image whose shorter side is resized to `shorter`."""
    longer = int(shorter * max(height, width) / min(height, width))
    return (longer, shorter) if height > width else (shorter, longer)


def cut(image: Image.Image, view: View, shape: tuple[int, int], box: Box) -> Pixels:
    """Resize the region `box` of an RGB image to the height and width `shape`."""
    left, top, right, bottom = box
    inside = (left, top, min(right, image.width), min(bottom, image.height))
    return resize_image(image, shape, interpolation_of(view), inside)


def cut_at_pixels(image: Image.Image, view: View, shape: tuple[int, int], box: Box) -> Pixels:
    """Resize the region `box` of an RGB image, its edges rounded to pixels, likewise.

    PyTorch's antialiased bilinear filter gives what Pillow's does, to one level, in less than half
    the time; the other filters are Pillow's.
    """
    left, top, right, bottom = (round(edge) for edge in box)
    left, top = min(left, image.width - 1), min(top, image.height - 1)
    inside = (
        left,
        top,
        max(left + 1, min(right, image.width)),
        max(top + 1, min(bottom, image.height)),
    )
    region = image.crop(inside)
    interpolation = interpolation_of(view)
    if interpolation != "bilinear":
        return resize_image(region, shape, interpolation)
    pixels_HWC = torch.from_numpy(np.array(region))
    resized_1CHW = torch.nn.functional.interpolate(
        pixels_HWC.permute(2, 0, 1)[None], shape, mode="bilinear", antialias=True
    )
    return resized_1CHW[0].permute(1, 2, 0).numpy()


def resize_to(pixels: Pixels, shape: tuple[int, int], interpolation: Interpolation) -> Pixels:
    """Resize to the height and width `shape`."""
    if pixels.shape[:2] == shape:
        return pixels
    return resize_image(Image.fromarray(pixels), shape, interpolation)


def resize_image(
    image: Image.Image, shape: tuple[int, int], interpolation: Interpolation, box: Box | None = None
) -> Pixels:
    """Resize an RGB image, or the region `box` of it, to the height and width `shape`."""
    return np.asarray(image.resize((shape[1], shape[0]), FILTERS[interpolation], box))


def interpolation_of(view: View) -> Interpolation:
    """Return the view's own; bilinear where it has none."""
    return view.preprocessing.interpolation if view.preprocessing else "bilinear"


def check_stills(view: View) -> None:
    """Check that the view is one that stills can be shown in.

    Raises:
        InputError: it has clips or frames, or cuts out more than it resizes to.
    """
    if view.clips != 1 or view.frames is not None:
        raise InputError(
            "Cannot read clips of stills: it needs a view of 1 clip and no frames, found "
            f"{view.clips} clips and frames {view.frames}. Read a source of videos, or change "
            "the view."
        )
    own = view.preprocessing
    if own is not None and view.size is not None and view.size > own.resize:
        raise InputError(
            f"Cannot cut {view.size} x {view.size} pixels out: it needs a shorter side resized to "
            f"at least that, found {own.resize}. Give a larger resize, or a smaller size."
        )
