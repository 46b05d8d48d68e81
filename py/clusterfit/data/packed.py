"""Stills of one size, held in memory as one tensor.

Shape suffixes: N images of the set, B of a batch, H x W pixels, C = 3 channels.
"""

from functools import cached_property

import torch
import torch.nn.functional as F
from torch import Tensor

from ..errors import InputError
from .fit import check_stills
from .source import Crop, Draws
from .stills import Stills
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

    def batch(
        self, rows_B: Tensor, view: View, draws: Draws | None, crop: Crop | None = None
    ) -> Tensor:
        """Return uint8 B x H x W x 3, on the device of `rows_B`; see `Source.batch`.

        Images as they are stored, and square ones that are only resized, are taken on that device:
        where it is another one, the whole tensor is copied there once and kept. Anything else is
        made one by one on the CPU, by Pillow.

        Raises:
            InputError: the view has clips or frames.
        """
        check_stills(view)
        height, width = self._images_NHWC.shape[1:3]
        resized = view.size is not None and (view.preprocessing or height != width)
        if resized or (crop is not None and draws is not None):
            return self._stills.batch(rows_B, view, draws, crop)
        device = rows_B.device
        if device not in self._on:
            self._on[device] = self._images_NHWC.to(device)
        images_BHWC = self._on[device].index_select(0, rows_B)
        return images_BHWC if view.size is None else resize(images_BHWC, view.size)

    @cached_property
    def _stills(self) -> Stills:
        images_NHWC = self._images_NHWC.cpu().numpy()
        rows, height, width = images_NHWC.shape[:3]
        return Stills(
            torch.full((rows,), height), torch.full((rows,), width), lambda row: images_NHWC[row]
        )


def resize(images_BHWC: Tensor, size: int) -> Tensor:
    """Return square uint8 images resized to `size` x `size`: bilinear, with antialias, rounded."""
    if images_BHWC.shape[1] == size:
        return images_BHWC
    pixels_BCHW = images_BHWC.permute(0, 3, 1, 2).float()
    resized_BCHW = F.interpolate(pixels_BCHW, size=(size, size), mode="bilinear", antialias=True)
    return resized_BCHW.round_().clamp_(0, 255).to(torch.uint8).permute(0, 2, 3, 1).contiguous()
