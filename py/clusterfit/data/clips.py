"""Clips of one size, held in memory as one tensor.

Shape suffixes: N rows of the set, T frames of a row, B rows of a batch, V clips of a row, F frames
of a clip, H x W pixels, C = 3 channels.
"""

import torch
from torch import Tensor

from ..errors import InputError
from .packed import resize
from .source import Crop, Draws
from .starts import clip_starts
from .view import View


class Clips:
    """A uint8 tensor N x T x H x W x 3."""

    def __init__(self, images: Tensor) -> None:
        """Hold uint8 N x T x H x W x 3 `images`, which are not copied.

        Raises:
            InputError: they are something else, or none.
        """
        shape = tuple(images.shape)
        if images.dtype != torch.uint8 or len(shape) != 5 or shape[4] != 3 or 0 in shape:
            raise InputError(
                "Cannot read these clips: it needs a non-empty uint8 tensor N x T x H x W x 3, "
                f"found {images.dtype} {' x '.join(map(str, shape))}. Convert them."
            )
        self._images_NTHWC = images

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self._images_NTHWC)

    def batch(
        self, rows_B: Tensor, view: View, draws: Draws | None, crop: Crop | None = None
    ) -> Tensor:
        """Return uint8 (B * V) x F x H x W x 3, on the device of `rows_B`; see `Source.batch`.

        A clip is F frames that follow each other; `clip_starts` says which.

        Raises:
            InputError: the view is of stills, or has more frames than a row, or asks for regions or
                for the preprocessing of another network.
        """
        self._check(view, crop)
        frames = view.frames or 0
        places_B = torch.full((len(rows_B),), self._images_NTHWC.shape[1] - frames + 1)
        starts_BV = clip_starts(places_B, view, draws)
        times_BVF = starts_BV[:, :, None] + torch.arange(frames)
        clips = self._images_NTHWC[rows_B.cpu()[:, None, None], times_BVF].to(rows_B.device)
        images = clips.flatten(0, 2)
        if view.size is not None:
            images = resize(images, view.size)
        return images.view(-1, frames, *images.shape[1:])

    def _check(self, view: View, crop: Crop | None) -> None:
        stored, height, width = self._images_NTHWC.shape[1:4]
        if view.frames is None or not 0 < view.frames <= stored or view.clips < 1:
            raise InputError(
                f"Cannot read clips: it needs a view of 1 to {stored} frames and of 1 clip or "
                f"more, found frames {view.frames} and {view.clips} clips. Change the view."
            )
        other = view.size is not None and height != width
        if crop is not None or view.preprocessing is not None or other:
            raise InputError(
                f"Cannot cut these clips: it needs whole frames, {height} x {width} pixels, found "
                "a view of others. Leave out crops and preprocessing, and give square frames."
            )
