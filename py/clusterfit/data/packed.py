"""Stills of one size, held in memory as one tensor.

Shape suffixes: N images of the set, B of a batch, H x W pixels, C = 3 channels.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from ..errors import InputError
from .source import Draws
from .view import View


class Packed:
    """A uint8 tensor N x H x W x 3."""

    def __init__(self, images: Tensor) -> None:
        """Hold uint8 N x H x W x 3 `images`, which are not copied.

        Raises:
            InputError: they are something else, or none.
        """
        shape = tuple(images.shape)
        if images.dtype != torch.uint8 or len(shape) != 4 or shape[3] != 3 or 0 in shape:
            raise InputError(
                "Cannot read these images: it needs a non-empty uint8 tensor N x H x W x 3, found "
                f"{images.dtype} {' x '.join(map(str, shape))}. Convert them."
            )
        self._images_NHWC = images
        self._on: dict[torch.device, Tensor] = {images.device: images}

    @property
    def rows(self) -> int:
        """How many images there are."""
        return len(self._images_NHWC)

    def batch(self, rows_B: Tensor, view: View, draws: Draws | None) -> Tensor:
        """Return uint8 B x H x W x 3, on the device of `rows_B`.

        Where that is another one, the whole tensor is copied there once and kept. An image is
        resized where `view.size` is not the size that is stored.

        Raises:
            InputError: the view has clips or frames, or another size of images that are not square.
        """
        if view.clips != 1 or view.frames is not None:
            raise InputError(
                "Cannot read clips of stills: it needs a view of 1 clip and no frames, found "
                f"{view.clips} clips and frames {view.frames}. Read a source of videos, or change "
                "the view."
            )
        device = rows_B.device
        if device not in self._on:
            self._on[device] = self._images_NHWC.to(device)
        images_BHWC = self._on[device].index_select(0, rows_B)
        return images_BHWC if view.size is None else resize(images_BHWC, view.size)


def resize(images_BHWC: Tensor, size: int) -> Tensor:
    """Return uint8 images of `size` x `size` pixels: bilinear, with antialias, rounded.

    Raises:
        InputError: the images have another size and are not square.
    """
    height, width = images_BHWC.shape[1:3]
    if (height, width) == (size, size):
        return images_BHWC
    if height != width:
        raise InputError(
            f"Cannot resize images to {size} x {size} pixels: it needs square ones, found "
            f"{height} x {width}. Crop them, or read them as they are stored."
        )
    pixels_BCHW = images_BHWC.permute(0, 3, 1, 2).float()
    resized_BCHW = F.interpolate(pixels_BCHW, size=(size, size), mode="bilinear", antialias=True)
    return resized_BCHW.round_().clamp_(0, 255).to(torch.uint8).permute(0, 2, 3, 1).contiguous()
