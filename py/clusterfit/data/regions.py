"""Regions of images, drawn for training.

Shape suffixes: B images, T tries, 4 edges: left, top, right, bottom.
"""

import math

import torch
from torch import Generator, Tensor

from .source import Crop

_TRIES = 10


def draw_regions(heights_B: Tensor, widths_B: Tensor, crop: Crop, draws: Generator) -> Tensor:
    """Return the float64 B x 4 edges of one region of each image, in pixels of the image.

    As torchvision's RandomResizedCrop: the area is uniform in `crop.scale`, the logarithm of width
    over height in `crop.ratio`, the place among all that fit; of ten tries the first that fits into
    the image. Where none does, the largest region in the centre that has such a ratio. Edges here
    are not rounded to pixels. Each image has draws of its own, whatever the other images are.
    """
    heights_B1, widths_B1 = heights_B.double()[:, None], widths_B.double()[:, None]
    draws_4BT = torch.rand(len(heights_B), _TRIES, 4, generator=draws, dtype=torch.float64).movedim(
        2, 0
    )
    area_BT = _between(crop.scale, draws_4BT[0]) * heights_B1 * widths_B1
    low, high = crop.ratio
    ratio_BT = _between((math.log(low), math.log(high)), draws_4BT[1]).exp()
    width_BT, height_BT = (area_BT * ratio_BT).sqrt(), (area_BT / ratio_BT).sqrt()
    fits_BT = (width_BT <= widths_B1) & (height_BT <= heights_B1)
    first_B1 = fits_BT.int().argmax(1, keepdim=True)
    largest_B2 = _largest(heights_B.double(), widths_B.double(), crop.ratio)
    drawn_B2 = torch.cat([width_BT.gather(1, first_B1), height_BT.gather(1, first_B1)], 1)
    any_B1 = fits_BT.any(1, keepdim=True)
    sizes_B2 = torch.where(any_B1, drawn_B2, largest_B2)
    places_B2 = draws_4BT[2:].gather(2, first_B1.expand(2, -1, -1)).squeeze(2).T
    room_B2 = torch.cat([widths_B1, heights_B1], 1) - sizes_B2
    starts_B2 = room_B2 * torch.where(any_B1, places_B2, 0.5)
    return torch.cat([starts_B2, starts_B2 + sizes_B2], 1)


def _between(bounds: tuple[float, float], draws: Tensor) -> Tensor:
    low, high = bounds
    return low + (high - low) * draws


def _largest(heights_B: Tensor, widths_B: Tensor, ratio: tuple[float, float]) -> Tensor:
    """Return width and height, B x 2, of the largest regions with a ratio within bounds."""
    low, high = ratio
    return torch.stack(
        [torch.minimum(widths_B, heights_B * high), torch.minimum(heights_B, widths_B / low)], 1
    )
