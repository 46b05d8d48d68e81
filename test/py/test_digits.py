"""Digits of scikit-learn, enlarged in whole numbers, against PyTorch's interpolation."""

from typing import cast

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits

from clusterfit import containers

Numbers = npt.NDArray[np.float64]


def test_digits_are_those_of_scikit_learn_black_on_white_enlarged_bilinearly() -> None:
    found = containers.digits()
    images, labels = found["images"], found["labels"]
    assert (images.dtype, images.shape) == (torch.uint8, (1797, 32, 32, 3))
    assert labels.dtype == torch.int64
    scans, targets = cast("tuple[Numbers, Numbers]", load_digits(return_X_y=True))
    assert labels.tolist() == targets.tolist()
    ink = torch.from_numpy(scans).reshape(-1, 1, 8, 8)
    larger = F.interpolate(ink, size=(32, 32), mode="bilinear", align_corners=False)
    expected = 255 - larger.squeeze(1) / 16 * 255
    for channel in images.double().unbind(3):
        assert (channel - expected).abs().max() <= 0.5
