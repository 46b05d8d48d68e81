"""Regions of images, drawn for training.

Shape suffixes: B images, T tries, 4 edges: left, top, right, bottom.
"""

import math

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Generator, Tensor

from .source import Crop

_TRIES = 10

Floats = NDArray[np.float64]


def draw_regions(heights_B: Tensor, widths_B: Tensor, crop: Crop, draws: Generator) -> Floats:
    """Return the float64 B x 4 edges of one region of each image, in pixels of the image.

    As torchvision's RandomResizedCrop: the area is uniform in `crop.scale`, the logarithm of width
    over height in `crop.ratio`, the place among all that fit; of ten tries the first that fits into
    the image. Where none does, the largest region in the centre that has such a ratio, or anywhere
    with `crop.anywhere`. Edges here are not rounded to pixels. Each image has draws of its own,
    whatever the other images are.

    Computed by NumPy: torch's `exp` and `sqrt` are MKL's, which after `torch.set_num_threads`
    starts OpenMP threads for each thread that calls them; those spin beside the ones that decode.
    """
    heights_B1, widths_B1 = heights_B.double().numpy()[:, None], widths_B.double().numpy()[:, None]
    draws_BT4 = torch.rand(len(heights_B), _TRIES, 4, generator=draws, dtype=torch.float64).numpy()
    area_BT = _between(crop.scale, draws_BT4[..., 0]) * heights_B1 * widths_B1
    low, high = crop.ratio
    ratio_BT = np.exp(_between((math.log(low), math.log(high)), draws_BT4[..., 1]))
    width_BT, height_BT = np.sqrt(area_BT * ratio_BT), np.sqrt(area_BT / ratio_BT)
    fits_BT = (width_BT <= widths_B1) & (height_BT <= heights_B1)
    first = np.arange(len(heights_B)), fits_BT.argmax(1)
    any_B1 = fits_BT[first][:, None]
    whole_B2 = np.concatenate([widths_B1, heights_B1], 1)
    drawn_B2 = np.stack([width_BT[first], height_BT[first]], 1)
    sizes_B2 = np.where(any_B1, drawn_B2, _largest(whole_B2, crop.ratio))
    places_B2 = np.where(any_B1 | crop.anywhere, draws_BT4[first][:, 2:], 0.5)
    starts_B2 = (whole_B2 - sizes_B2) * places_B2
    return np.concatenate([starts_B2, starts_B2 + sizes_B2], 1)


def _between(bounds: tuple[float, float], draws: Floats) -> Floats:
    low, high = bounds
    return low + (high - low) * draws


def _largest(whole_B2: Floats, ratio: tuple[float, float]) -> Floats:
    """Return width and height, B x 2, of the largest regions with a ratio within bounds."""
    low, high = ratio
    return np.minimum(whole_B2, whole_B2[:, ::-1] * (high, 1 / low))
