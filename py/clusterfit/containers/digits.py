"""Handwritten digits that scikit-learn carries: those of the UCI repository's test part.

Shape suffixes: N digits, H x W pixels of a digit as it was scanned, Y x X pixels as it is read.
"""

from typing import TypedDict, cast

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

_Numbers = npt.NDArray[np.float64]

_SIDE = 8
"""Pixels of a digit as it was scanned, each way."""

_SCALE = 4
"""Pixels that one scanned pixel becomes, each way."""

_BLACK = 16
"""What a scanned pixel says where all of it is ink."""


class Digits(TypedDict):
    """images: uint8 N x 32 x 32 x 3, black on white. labels: int64 N, from 0 to 9."""

    images: Tensor
    labels: Tensor


def digits() -> Digits:
    """Return the 1,797 digits, enlarged from 8 x 8 by bilinear interpolation.

    It is done in whole numbers: the pixels are the same on every machine.
    """
    from sklearn.datasets import load_digits  # pyright: ignore[reportMissingTypeStubs]

    scans, targets = cast("tuple[_Numbers, _Numbers]", load_digits(return_X_y=True))
    scanned_NHW = scans.reshape(len(scans), _SIDE, _SIDE).astype(np.int64)
    weights_YH = _weights(_SIDE)
    most = _BLACK * (2 * _SCALE) ** 2
    ink_NYX = weights_YH @ scanned_NHW @ weights_YH.T
    pixels_NYX = 255 - (255 * ink_NYX + most // 2) // most
    images_NYXC = np.repeat(pixels_NYX[..., None], 3, axis=3).astype(np.uint8)
    labels_N = torch.from_numpy(targets.astype(np.int64))
    return {"images": torch.from_numpy(images_NYXC), "labels": labels_N}


def _weights(height: int) -> npt.NDArray[np.int64]:
    """Return Y x H weights that sum to 2 * _SCALE a row; beyond the edge the edge goes on."""
    unit = 2 * _SCALE
    weights_YH = np.zeros((_SCALE * height, height), np.int64)
    for y, row_H in enumerate(weights_YH):
        above, below = divmod(2 * y + 1 - _SCALE, unit)  # from the centre of the pixel above
        row_H[max(above, 0)] += unit - below
        row_H[min(above + 1, height - 1)] += below
    return weights_YH
